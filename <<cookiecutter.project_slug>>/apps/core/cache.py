"""Caching in two moves: generations, and work that is done once.

What is cached carries the generation of its namespace, in its key or beside it. A
write gives the namespace a new generation when it commits; everything older is out of
date at once, however many keys that is. A generation is never used twice, so that not
even an emptied Redis brings old values back.
"""

import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.core.cache import cache
from django.db import transaction

GRACE_SECONDS = 60
LOCK_SECONDS = 30
_POLL_SECONDS = 0.02


def generation(namespace: str) -> str | None:
    """Return the present generation; None while the cache is down."""
    key = _generation_key(namespace)
    found = cache.get(key)
    if found is None:
        cache.add(key, _new_generation(), timeout=None)
        found = cache.get(key)
    return found


def generation_and(namespace: str, key: str) -> tuple[str | None, Any]:
    """Return the present generation and what `key` holds, in one round trip."""
    # A cache that is down gives None in place of a dict.
    found = cache.get_many([_generation_key(namespace), key]) or {}
    began = found.get(_generation_key(namespace)) or generation(namespace)
    return began, found.get(key)


def generation_time(value: str) -> float:
    """Return when a generation began, in seconds since 1970."""
    return int(value.partition("-")[0]) / 1e9


def generation_bump(namespace: str) -> None:
    """Make everything cached in a namespace unreachable, once the write commits."""
    transaction.on_commit(
        lambda: cache.set(_generation_key(namespace), _new_generation(), timeout=None)
    )


def remember(key: str, compute: Callable[[], Any], *, timeout: int) -> Any:
    """Return the cached value of `key`; when it is due, one caller computes it.

    The others get the value of before for up to GRACE_SECONDS, or wait when there is
    none. While the cache is down everyone computes.

    Args:
        timeout: seconds for which the value counts as fresh.
    """
    entry = cache.get(key)
    if _fresh(entry):
        return entry[0]
    lock = f"{key}:lock"
    # False: somebody else holds it. None: there is no cache to hold it in.
    locked = cache.add(lock, True, timeout=LOCK_SECONDS)
    if locked is False:
        entry = entry or _awaited(key)
        return entry[0] if entry else compute()
    try:
        # Whoever held the lock a moment ago may have written it since we looked.
        if locked and _fresh(entry := cache.get(key)):
            return entry[0]
        value = compute()
        fresh_until = time.time() + timeout
        cache.set(key, (value, fresh_until), timeout=timeout + GRACE_SECONDS)
        return value
    finally:
        cache.delete(lock)


def _fresh(entry: tuple[Any, float] | None) -> bool:
    return entry is not None and entry[1] > time.time()


def _awaited(key: str) -> tuple[Any, float] | None:
    """Return what another caller computes; None when that failed or takes too long."""
    deadline = time.monotonic() + LOCK_SECONDS
    while time.monotonic() < deadline:
        # In this order: the value is written before the lock is released.
        under_way = cache.get(f"{key}:lock")
        entry = cache.get(key)
        if entry is not None or not under_way:
            return entry
        time.sleep(_POLL_SECONDS)
    return None


def _generation_key(namespace: str) -> str:
    return f"generation:{namespace}"


def _new_generation() -> str:
    return f"{time.time_ns()}-{uuid4().hex[:8]}"
