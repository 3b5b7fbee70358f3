"""Rate limits: every request gets a number of its caller's in this window of time.

Rates by scope stand in `config/settings/components/rest.py`; they are read when a
request comes, so that tests can set rates of their own. While Redis is down every
process counts for itself: a limit that guards log-in never opens.

Where a limit is generous a process takes a few numbers at once, so that most requests
need no answer of Redis. None is given twice: a limit is never passed, and a caller who
reaches it may miss what other processes have left, four of 600 for each.
"""

import time
from functools import cache

import structlog
from django.conf import settings
from django.core.cache import caches
from django_redis.cache import RedisCache
from redis import RedisError
from rest_framework.throttling import BaseThrottle

from .http import client_ip
from .policies import MEMBER

logger = structlog.get_logger(__name__)

ANONYMOUS = "anon"
# Numbers taken at once: a hundredth of the limit, and no more than this.
_BATCH = 5
# Those taken and not given yet, by caller and window, of this many.
_MOST_CALLERS = 10_000
_taken: dict[str, list[int]] = {}
_SECONDS = {"s": 1, "m": 60, "h": 60 * 60, "d": 24 * 60 * 60}


class _RateThrottle(BaseThrottle):
    """Counts in fixed windows, so that a caller costs a number, not a list of times."""

    _seconds_left = 0.0

    def scope(self, request, view) -> str | None:
        raise NotImplementedError

    def allow_request(self, request, view) -> bool:
        scope = self.scope(request, view)
        rate = scope and settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"][scope]
        if not rate:
            return True
        limit, seconds = _parsed(rate)
        window, passed = divmod(time.time(), seconds)
        self._seconds_left = seconds - passed
        key = f"throttle:{scope}:{_caller(request)}:{int(window)}"
        batch = min(limit // 100, _BATCH)
        if batch < 2:
            return _count(key, 1, seconds) <= limit
        return _number(key, batch, seconds) <= limit

    def wait(self) -> float:
        """Seconds until the window ends."""
        return self._seconds_left


class RoleRateThrottle(_RateThrottle):
    """By address for strangers, by user for the others, at the rate of their role."""

    def scope(self, request, view) -> str:
        if not request.user.is_authenticated:
            return ANONYMOUS
        return (request.auth or {}).get("role", MEMBER)


class ScopedRateThrottle(_RateThrottle):
    """For views that name a `throttle_scope`, on top of the caller's own rate."""

    def scope(self, request, view) -> str | None:
        return getattr(view, "throttle_scope", None)


@cache
def _parsed(rate: str) -> tuple[int, int]:
    """Read `60/min`: how many requests in how many seconds."""
    limit, period = rate.split("/")
    return int(limit), _SECONDS[period[0]]


def _caller(request) -> str:
    user = request.user
    return str(user.pk) if user.is_authenticated else client_ip(request)


def _number(key: str, batch: int, timeout: int) -> int:
    """Return one that this process has, or else take some."""
    try:
        return _taken[key].pop()
    except (KeyError, IndexError):
        last = _count(key, batch, timeout)
        # Windows that ended are among them. Whose numbers go just takes others.
        if len(_taken) >= _MOST_CALLERS:
            _taken.clear()
        _taken.setdefault(key, []).extend(range(last, last - batch + 1, -1))
        return last - batch + 1


def _count(key: str, by: int, timeout: int) -> int:
    try:
        return _increment(caches["throttle"], key, by, timeout)
    except RedisError:
        logger.warning("throttle_cache_down")
        return _increment(caches["process"], key, by, timeout)


def _increment(counters, key: str, by: int, timeout: int) -> int:
    if isinstance(counters, RedisCache):
        return _increment_in_redis(counters, key, by, timeout)
    try:
        return counters.incr(key, by)
    except ValueError:
        # The first of its window. Another thread may add it at the same moment.
        return by if counters.add(key, by, timeout) else counters.incr(key, by)


def _increment_in_redis(counters: RedisCache, key: str, by: int, timeout: int) -> int:
    """Count by Redis's own INCRBY; django-redis runs a script, for another promise."""
    name, client = counters.make_key(key), counters.client.get_client()
    count = client.incrby(name, by)
    if count == by:
        client.expire(name, timeout)
    return count
