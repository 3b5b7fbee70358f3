"""What the OpenAPI schema says of every operation, so that no view has to."""

from http import HTTPStatus

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from drf_spectacular.openapi import AutoSchema as SpectacularAutoSchema
from drf_spectacular.utils import Direction, OpenApiParameter
from rest_framework.permissions import SAFE_METHODS, AllowAny, IsAuthenticated
from rest_framework.request import Request

from .serializers import ErrorOutput

# A caller without rights of these is a 401, not a 403.
_NO_ROLE = {AllowAny, IsAuthenticated}
_ALWAYS = {400, 404, 405, 406, 429, 500}
# As RFC 9110 names them, and Python from 3.13: the document is the same on all.
_PHRASES = {413: "Content Too Large", 422: "Unprocessable Content"}
_FIELDS = OpenApiParameter(
    "fields",
    description="Names, comma separated: all other fields are left out of the rows.",
)
_IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match",
    location=OpenApiParameter.HEADER,
    description="The ETag of what you have: 304 when there is nothing newer.",
)
_IF_MATCH = OpenApiParameter(
    "If-Match",
    location=OpenApiParameter.HEADER,
    description="The ETag of what you saw: 412 when somebody has changed it since.",
)


class AutoSchema(SpectacularAutoSchema):
    """Adds errors in their one shape, conditional requests, and who needs no token."""

    def get_auth(self) -> list[dict]:
        auths = super().get_auth()
        return [*auths, {}] if {} not in auths and self._is_open() else auths

    def get_override_parameters(self) -> list:
        parameters = list(super().get_override_parameters())
        if self.method == "GET":
            if "fields" in getattr(self.view, "extra_parameters", ()):
                parameters.append(_FIELDS)
            if self._has_etags():
                parameters.append(_IF_NONE_MATCH)
        elif self._is_conditional_write():
            parameters.append(_IF_MATCH)
        return parameters

    def _get_parameters(self) -> list[dict]:
        parameters = super()._get_parameters()
        for parameter in parameters:
            # Nobody asks for nothing: `parameters_check` refuses it.
            if (
                parameter["in"] == "query"
                and parameter["schema"].get("type") == "string"
            ):
                parameter["schema"].setdefault("minLength", 1)
        return parameters

    def _get_response_bodies(self, direction: Direction = "response") -> dict:
        responses = super()._get_response_bodies(direction)
        if direction == "request":
            return responses
        for status in sorted(self._error_statuses()):
            if str(status) not in responses:
                error = self._get_response_for_code(ErrorOutput, str(status))
                responses[str(status)] = error
        if self.method == "GET" and self._has_etags():
            responses["304"] = {}
        for code, response in responses.items():
            phrase = _PHRASES.get(int(code)) or HTTPStatus(int(code)).phrase
            response["description"] = phrase
        return responses

    def _error_statuses(self) -> set[int]:
        statuses = set(_ALWAYS)
        if any(self.get_auth()):
            statuses.add(401)
            if self.method not in SAFE_METHODS:
                statuses.add(409)
        if any(type(one) not in _NO_ROLE for one in self.view.get_permissions()):
            statuses.add(403)
        if self._has_etags() and (self.method == "GET" or self._is_conditional_write()):
            statuses.add(412)
        if self._get_request_body():
            statuses |= {413, 415}
        return statuses

    def _is_open(self) -> bool:
        asked = HttpRequest()
        asked.method = self.method
        stranger = Request(asked)
        stranger.user = AnonymousUser()
        permissions = self.view.get_permissions()
        return all(one.has_permission(stranger, self.view) for one in permissions)

    def _has_etags(self) -> bool:
        return hasattr(self.view, "cache_namespace")

    def _is_conditional_write(self) -> bool:
        writes = self.method in ("PUT", "PATCH", "DELETE")
        return writes and hasattr(self.view, "precondition")
