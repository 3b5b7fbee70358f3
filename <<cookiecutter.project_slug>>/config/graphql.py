"""The GraphQL schema, composed from the apps' parts, and the route that serves it."""

import graphene
from django.urls import path
from django.utils.module_loading import import_string

from apps.core.graphql.rows import NodeQuery
from apps.core.graphql.view import GraphQLView

# Each brings the queries of its `graphql/queries.py`.
APPS = [
    "apps.accounts",
    # % if cookiecutter.use_example
    "apps.catalog",
    # % endif
]
APPS_QUERIES = [import_string(f"{app}.graphql.queries.Query") for app in APPS]


class Query(*APPS_QUERIES, NodeQuery, graphene.ObjectType):
    """Everything that can be read."""


schema = graphene.Schema(query=Query)

urlpatterns = [
    path("graphql", GraphQLView.as_view(graphene_schema=schema), name="graphql")
]
