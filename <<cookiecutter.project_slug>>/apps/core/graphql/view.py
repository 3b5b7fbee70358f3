"""POST /graphql: authenticated, throttled and answered as the REST views are.

Nothing but a Bearer token speaks for a user here, so no form on another site can act
in their name, and no CSRF token is needed.
"""

from django.conf import settings
from graphene import Schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from ..errors import InvalidInput
from .execution import Answer, execute
from .operations import Operation


class GraphQLView(APIView):
    """One operation, or a list of at most GRAPHQL_MAX_BATCH of them, each throttled.

    What is wrong with the request as a whole (token, rate, media type, JSON) is
    answered as REST answers it; what is wrong with an operation, in its `errors`.
    """

    permission_classes = [AllowAny]
    versioning_class = None
    # DRF's name for the OpenAPI description, of which this is no part.
    schema = None
    # Given to `as_view`, which asks for a default.
    graphene_schema: Schema = None

    def post(self, request: Request) -> Response:
        if not isinstance(request.data, list):
            answer = self._answer(request, request.data)
            return Response(answer.content, answer.status)
        answers = self._answers(request, request.data)
        status = max(answer.status for answer in answers)
        return Response([answer.content for answer in answers], status)

    def _answers(self, request: Request, batch: list) -> list[Answer]:
        limit = settings.GRAPHQL_MAX_BATCH
        if not 1 <= len(batch) <= limit:
            raise InvalidInput(f"Send 1 to {limit} operations.", code="batch_too_long")
        for _ in batch[1:]:
            self.check_throttles(request)
        return [self._answer(request, one) for one in batch]

    def _answer(self, request: Request, body: object) -> Answer:
        operation = Operation.read(body)
        return execute(self.graphene_schema.graphql_schema, operation, request)
