"""Doing what a message promised, once.

The mark that it is done commits with the effect, so a message that comes again, because
a worker died or the broker was not sure, finds it and does nothing.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import structlog
from django.db import transaction
from django.utils import timezone

from ..models import OutboxMessage

logger = structlog.get_logger(__name__)


@transaction.atomic
def message_handle(*, key: UUID | str, work: Callable[[], Any]) -> Any:
    """Call `work` in one transaction with the mark that it is done.

    A key that nobody recorded belongs to a task that was called directly: it just runs.

    Returns:
        What `work` returned; None when it was done before.
    """
    message = OutboxMessage.objects.filter(key=key)
    # The update waits for whoever works on the same message, until they commit.
    marked = message.filter(done_at=None).update(done_at=timezone.now(), failed_at=None)
    if not marked and message.exists():
        logger.info("message_done_before", key=str(key))
        return None
    result = work()
    if marked and result is not None:
        message.update(result=result)
    return result


def message_handle_long(*, key: UUID | str, work: Callable[[], Any]) -> Any:
    """Call `work`, which commits as it goes, and mark the message afterwards.

    After a crash it runs again from the start, so `work` must bear that.

    Returns:
        What `work` returned; None when it was done before.
    """
    message = OutboxMessage.objects.filter(key=key)
    if message.filter(done_at__isnull=False).exists():
        logger.info("message_done_before", key=str(key))
        return None
    result = work()
    message.update(done_at=timezone.now(), failed_at=None, result=result)
    return result
