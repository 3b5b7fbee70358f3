"""What Django answers when no API view does: the API's JSON, not an HTML page."""

import sys

from django.http import HttpRequest, HttpResponseRedirect, JsonResponse
from django.templatetags.static import static
from django.views.decorators.csrf import csrf_exempt

from .database import is_cut_off
from .errors import Forbidden, InvalidInput, NotFound, ServerError, TimedOut
from .http import json_error


def bad_request(request: HttpRequest, exception: Exception) -> JsonResponse:
    return json_error(InvalidInput("The request cannot be read.", code="bad_request"))


def permission_denied(request: HttpRequest, exception: Exception) -> JsonResponse:
    return json_error(Forbidden())


def csrf_failure(request: HttpRequest, reason: str = "") -> JsonResponse:
    message = reason or "The CSRF check failed."
    return json_error(Forbidden(message, code="csrf_failed"))


def not_found(request: HttpRequest, exception: Exception | None = None) -> JsonResponse:
    return json_error(NotFound("There is nothing at this address."))


@csrf_exempt
def api_not_found(request: HttpRequest) -> JsonResponse:
    """Whatever the method: no cookie speaks for anyone below /api/."""
    return not_found(request)


def server_error(request: HttpRequest) -> JsonResponse:
    # Django calls this while it handles the error.
    return json_error(TimedOut() if is_cut_off(sys.exception()) else ServerError())


def favicon(request: HttpRequest) -> HttpResponseRedirect:
    """Browsers ask for it at this fixed address, on every page."""
    return HttpResponseRedirect(static("core/favicon.svg"))
