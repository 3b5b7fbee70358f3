"""The lock-out after wrong passwords, over django-axes.

It counts attempts by account and address in the database. An address that nobody
registered is counted and locked like any other, so the answer tells nothing.
"""

from math import ceil

from axes.helpers import get_client_ip_address, get_cool_off
from axes.models import AccessAttempt
from django.contrib.auth import authenticate
from django.db.models import Max
from django.http import HttpRequest, JsonResponse
from django.utils import timezone

from apps.core.errors import AuthenticationFailed, RateLimited

from .models import User

LOCKED_OUT = "Too many wrong passwords. Try again later."


def credentials_check(*, request: HttpRequest, email: str, password: str) -> User:
    """Return the active user whom these credentials belong to.

    Raises:
        RateLimited: locked out; `retry_after` says for how many seconds.
        AuthenticationFailed: the address or the password is wrong.
    """
    user = authenticate(request, username=email, password=password)
    if getattr(request, "axes_locked_out", False):
        raise RateLimited(LOCKED_OUT, retry_after=_retry_after(request, email))
    if user is None:
        raise AuthenticationFailed("The e-mail address or the password is wrong.")
    return user


def client_username(request: HttpRequest, credentials: dict | None) -> str:
    """For django-axes: the account an attempt is for, whatever the case typed."""
    typed = (credentials or {}).get("username") or request.POST.get("username")
    return User.objects.normalize_email(typed)


def lockout_response(request, original_response, credentials=None):
    """For django-axes: leave the API's own answer alone, give any other door a 429."""
    if original_response is not None and original_response.status_code == 429:
        return original_response
    wait = _retry_after(request, client_username(request, credentials))
    error = {"code": "throttled", "detail": LOCKED_OUT, "attr": None}
    return JsonResponse(
        {"type": "client_error", "errors": [error]},
        status=429,
        headers={"Retry-After": wait},
    )


def _retry_after(request: HttpRequest, email: str) -> int:
    """Seconds until the lock-out ends; at least one."""
    last_attempt = AccessAttempt.objects.filter(
        username=User.objects.normalize_email(email),
        ip_address=get_client_ip_address(request),
    ).aggregate(last=Max("attempt_time"))["last"]
    end = (last_attempt or timezone.now()) + get_cool_off(request)
    return max(1, ceil((end - timezone.now()).total_seconds()))
