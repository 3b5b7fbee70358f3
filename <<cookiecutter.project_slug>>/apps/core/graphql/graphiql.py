"""GraphiQL at the address that it asks: files and template are `apps/core`'s own."""

from csp.constants import NONCE, SELF
from csp.decorators import csp_update
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from rest_framework.exceptions import MethodNotAllowed
from rest_framework.request import Request

from .view import GraphQLView

# Its fonts stand in its style sheet, and its dialogs bring a style of their own.
_POLICY = {"font-src": [SELF, "data:"], "style-src": [SELF, NONCE]}


class GraphiQLView(GraphQLView):
    """Takes the place of GraphQLView where GRAPHQL_PLAYGROUND is on."""

    @method_decorator(csp_update(_POLICY))
    def get(self, request: Request) -> HttpResponse:
        """Show the page. No query is answered here: caches and logs keep addresses."""
        if "query" in request.query_params:
            raise MethodNotAllowed("GET")
        return render(request, "core/graphiql.html", {"title": settings.PROJECT_NAME})
