"""The GraphQL schema, composed from the apps' parts, and the route that serves it."""

import graphene
import graphene_django.views
from django.conf import settings
from django.http import HttpResponse
from django.urls import path
from django.utils.module_loading import import_string
from graphene.validation import depth_limit_validator
from graphql import NoSchemaIntrospectionCustomRule, specified_rules
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.views import APIView

# Each brings the queries of its `graphql/queries.py`.
APPS = [
    "apps.accounts",
    # % if cookiecutter.use_example
    "apps.catalog",
    # % endif
]
APPS_QUERIES = [import_string(f"{app}.graphql.queries.Query") for app in APPS]


class Query(*APPS_QUERIES, graphene.ObjectType):
    """Everything that can be read."""


schema = graphene.Schema(query=Query)


def _validation_rules() -> tuple:
    """The specification's own rules and the project's: a list alone replaces them."""
    limit = depth_limit_validator(max_depth=settings.GRAPHQL_MAX_DEPTH)
    if settings.GRAPHQL_INTROSPECTION:
        return (*specified_rules, limit)
    return (*specified_rules, limit, NoSchemaIntrospectionCustomRule)


class GraphQLView(APIView):
    """POST /graphql. Authenticated and throttled as the REST views are.

    Nothing but a Bearer token speaks for a user here, so no form on another site can
    act in their name, and no CSRF token is needed.
    """

    permission_classes = [AllowAny]
    versioning_class = None
    schema = None

    def post(self, request: Request) -> HttpResponse:
        execute = graphene_django.views.GraphQLView.as_view(
            schema=schema, validation_rules=_validation_rules()
        )
        return execute(request._request)


urlpatterns = [path("graphql", GraphQLView.as_view(), name="graphql")]
