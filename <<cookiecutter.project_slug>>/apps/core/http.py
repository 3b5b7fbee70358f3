"""HTTP where no API view is at hand: who calls, and errors as JSON."""

from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest, JsonResponse

from .errors import ApplicationError


def client_ip(request: HttpRequest) -> str:
    """Return the caller's address, as the outermost trusted proxy saw it.

    `X-Forwarded-For` is believed for as many hops as TRUSTED_PROXY_COUNT says and no
    further, since everything left of them is whatever the caller wrote.
    """
    remote = request.META.get("REMOTE_ADDR", "")
    hops = settings.TRUSTED_PROXY_COUNT
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if not hops or not forwarded:
        return remote
    addresses = [address.strip() for address in forwarded.split(",")]
    return addresses[-min(hops, len(addresses))]


def json_error(error: ApplicationError) -> JsonResponse:
    """Return the error in the shape that the API's own exception handler gives it."""
    kind = "server_error" if error.status >= 500 else "client_error"
    named: list[tuple[str | None, Sequence[str]]] = [*error.fields.items()]
    found = [
        {"code": error.code, "detail": text, "attr": name}
        for name, texts in named or [(None, [error.message])]
        for text in texts
    ]
    return JsonResponse({"type": kind, "errors": found}, status=error.status)
