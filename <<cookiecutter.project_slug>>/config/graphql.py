"""The GraphQL schema, composed from the apps' parts, and the route that serves it."""

import graphene
from django.conf import settings
from django.urls import path
from django.utils.module_loading import import_string

from apps.core.graphql.graphiql import GraphiQLView
from apps.core.graphql.rows import NodeQuery
from apps.core.graphql.view import GraphQLView

# Each brings the `Query` of its `graphql/queries.py`.
READABLE = [
    "apps.accounts",
    # % if cookiecutter.use_example
    "apps.catalog",
    "apps.orders",
    # % endif
    # % if cookiecutter.use_celery and cookiecutter.use_example
    "apps.exports",
    # % endif
    # % if cookiecutter.use_celery
    "apps.rates",
    # % endif
]
# Each brings the `Mutation` of its `graphql/mutations.py`.
WRITABLE = [
    "apps.accounts",
    # % if cookiecutter.use_example
    "apps.catalog",
    "apps.orders",
    # % endif
    # % if cookiecutter.use_celery and cookiecutter.use_example
    "apps.exports",
    # % endif
]
QUERIES = [import_string(f"{app}.graphql.queries.Query") for app in READABLE]
MUTATIONS = [import_string(f"{app}.graphql.mutations.Mutation") for app in WRITABLE]


# mypy knows no bases that are found when it runs.
class Query(*QUERIES, NodeQuery, graphene.ObjectType):  # type: ignore[misc]
    """Everything that can be read."""


# Its bases, too, are found when it runs.
class Mutation(*MUTATIONS, graphene.ObjectType):  # type: ignore[misc]
    """Everything that can be written."""


schema = graphene.Schema(query=Query, mutation=Mutation)

view = GraphiQLView if settings.GRAPHQL_PLAYGROUND else GraphQLView
urlpatterns = [path("graphql", view.as_view(graphene_schema=schema), name="graphql")]
