"""What Django answers when no API view does: the API's JSON, not an HTML page."""

from django.http import HttpRequest, JsonResponse


def _error(code: str, detail: str, *, status: int) -> JsonResponse:
    kind = "server_error" if status >= 500 else "client_error"
    errors = [{"code": code, "detail": detail, "attr": None}]
    return JsonResponse({"type": kind, "errors": errors}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> JsonResponse:
    return _error("bad_request", "The request cannot be read.", status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> JsonResponse:
    return _error("permission_denied", "You may not do this.", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> JsonResponse:
    return _error("csrf_failed", reason or "The CSRF check failed.", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> JsonResponse:
    return _error("not_found", "There is nothing at this address.", status=404)


def api_not_found(request: HttpRequest) -> JsonResponse:
    return not_found(request)


def server_error(request: HttpRequest) -> JsonResponse:
    return _error("error", "The server failed. It has been logged.", status=500)
