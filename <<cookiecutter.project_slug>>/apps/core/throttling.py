"""Rate limits whose counters know the caller's real address.

Rates by scope stand in `config/settings/components/rest.py`; they are read when a
request comes, so that tests can set rates of their own.
"""

from django.conf import settings
from rest_framework import throttling

from .http import client_ip


class _ThrottleMixin:
    def get_rate(self) -> str | None:
        return settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"][self.scope]

    def get_ident(self, request) -> str:
        return client_ip(request)


class AnonRateThrottle(_ThrottleMixin, throttling.AnonRateThrottle):
    """By address, for callers who are not logged in."""


class UserRateThrottle(_ThrottleMixin, throttling.UserRateThrottle):
    """By user, for callers who are logged in."""

    def get_cache_key(self, request, view) -> str | None:
        if not request.user.is_authenticated:
            return None
        return super().get_cache_key(request, view)


class ScopedRateThrottle(_ThrottleMixin, throttling.ScopedRateThrottle):
    """By user or address, for views that name a `throttle_scope`."""
