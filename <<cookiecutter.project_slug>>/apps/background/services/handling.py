"""Doing what a message promised, once.

The mark that it is done commits with the effect, so a message that comes again, because
a worker died or the broker was not sure, finds it and does nothing.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from django.db import transaction
from django.utils import timezone

from ..models import OutboxMessage

logger = structlog.get_logger(__name__)


@transaction.atomic
def message_handle(*, key: UUID | str | None, work: Callable[[], Any]) -> Any:
    """Call `work` in one transaction with the mark that it is done.

    Args:
        key: of its message; without one, or with one that nobody recorded, it belongs
            to a task that was called directly, and just runs.

    Returns:
        What `work` returned; None when it was done before.
    """
    if key is None:
        return work()
    # The lock waits for whoever works on the same message, until they commit.
    messages = OutboxMessage.objects.select_for_update().filter(key=key)
    found = list(messages.values_list("done_at", flat=True))
    if _is_done(found, key):
        return None
    result = work()
    if found:
        _mark_done(key, result)
    return result


def message_handle_long(*, key: UUID | str | None, work: Callable[[], Any]) -> Any:
    """Call `work`, which commits as it goes, and mark the message afterwards.

    After a crash it runs again from the start, so `work` must bear that.

    Args:
        key: as `message_handle` takes it.

    Returns:
        What `work` returned; None when it was done before.
    """
    if key is None:
        return work()
    messages = OutboxMessage.objects.filter(key=key)
    if _is_done(list(messages.values_list("done_at", flat=True)), key):
        return None
    result = work()
    _mark_done(key, result)
    return result


def _is_done(found: list[datetime | None], key: UUID | str) -> bool:
    is_done = any(found)
    if is_done:
        logger.info("message_done_before", key=str(key))
    return is_done


def _mark_done(key: UUID | str, result: Any) -> None:
    OutboxMessage.objects.filter(key=key).update(
        done_at=timezone.now(), failed_at=None, result=result
    )
