"""The project's own middleware."""

import re
from collections.abc import Callable
from uuid import uuid4

from django.http import HttpRequest, HttpResponse

REQUEST_ID_HEADER = "X-Request-ID"
_META_KEY = "HTTP_X_REQUEST_ID"
# What a proxy may hand on: no spaces, no line breaks, nothing that forges a log line.
_ACCEPTED = re.compile(r"[A-Za-z0-9._-]{1,64}")


class RequestIDMiddleware:
    """Gives every request an id, and every answer the same one.

    An id that a proxy sent is kept when it is well-formed. django-structlog reads it
    from the request's headers and puts it on every log line.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        received = request.META.get(_META_KEY, "")
        request_id = received if _ACCEPTED.fullmatch(received) else uuid4().hex
        request.META[_META_KEY] = request_id
        response = self.get_response(request)
        response.headers[REQUEST_ID_HEADER] = request_id
        return response
