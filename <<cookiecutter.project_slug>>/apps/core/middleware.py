"""The project's own middleware."""

import re
from collections.abc import Callable
from urllib.parse import parse_qsl
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from .errors import ApplicationError, InvalidInput, PayloadTooLarge
from .http import json_error

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


class WellFormedRequestMiddleware:
    """Refuses what no view can make sense of, before any of them meets it.

    A NUL, which no database takes as text, a query that is not UTF-8, and a body of
    unknown length or beyond MAX_BODY_BYTES.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        error = _malformed(request)
        return json_error(error) if error else self.get_response(request)


class NoStoreMiddleware:
    """Keeps answers out of every cache, unless a view says that they may be stored."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response


def _malformed(request: HttpRequest) -> ApplicationError | None:
    length = str(request.META.get("CONTENT_LENGTH") or 0)
    if not (length.isascii() and length.isdigit()):
        return InvalidInput("Content-Length is no number.", code="bad_request")
    if len(length) > 18 or int(length) > settings.MAX_BODY_BYTES:
        return PayloadTooLarge()
    if "HTTP_TRANSFER_ENCODING" in request.META and length == "0":
        # Django would take a body in chunks for an empty one.
        return InvalidInput("Send Content-Length with a body.", code="length_required")
    if "\0" in request.path:
        return InvalidInput("The address holds a NUL, which is not text.")
    query = request.META.get("QUERY_STRING", "")
    if "%" not in query and query.isascii():
        return None
    try:
        text = query.encode("latin-1").decode()
        pairs = parse_qsl(text, keep_blank_values=True, errors="strict")
    except ValueError:
        return InvalidInput("The query is not UTF-8.")
    for name, value in pairs:
        if "\0" in name + value:
            return InvalidInput(fields={name: ["A NUL is not text."]})
    return None
