"""What failed: recorded, listed, and sent again when somebody says so."""

import json
from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from celery import current_app
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from apps.core.logging import masked

from .. import topology
from ..models import OutboxMessage

logger = structlog.get_logger(__name__)


class DeadLetter(Exception):
    """A message was delivered too often."""


# The broker tells the time of a death in whole seconds.
_RESOLUTION = timedelta(seconds=1)


def message_attempt_failed(*, key: UUID | str, error: BaseException) -> None:
    """Note that one attempt failed, and how."""
    OutboxMessage.objects.filter(key=key, done_at=None).update(
        attempts=F("attempts") + 1, error=f"{type(error).__name__}: {error}"
    )


def message_give_up(*, key: UUID | str) -> None:
    """Mark a message that nobody will try again, and log it for people to see."""
    message = OutboxMessage.objects.filter(key=key, done_at=None).first()
    if message is None:
        return
    message.failed_at = timezone.now()
    message.save(update_fields=["failed_at"])
    logger.error(
        "message_failed",
        key=str(message.key),
        name=message.name,
        arguments=masked(message.arguments),
        request_id=message.request_id,
        attempts=message.attempts,
        error=message.error,
    )


def messages_requeue(*, keys: Collection[UUID] | None = None) -> int:
    """Have failed messages delivered again: these, or all of them.

    Returns:
        How many there are.
    """
    failed = OutboxMessage.objects.filter(failed_at__isnull=False)
    if keys is not None:
        failed = failed.filter(key__in=keys)
    return failed.update(failed_at=None, delivered_at=None, due_at=timezone.now())


def dead_letters_collect() -> int:
    """Move what lies in the dead-letter queue into the outbox, marked as failed.

    A task that kills its worker, or is stopped by its time limit, cannot tell anyone;
    the broker knows it, and puts its message there.

    Returns:
        How many letters were taken.
    """
    count = 0
    with current_app.connection_for_read() as connection:
        queue = topology.DEAD_QUEUE(connection.default_channel)
        queue.declare()
        while (letter := queue.get(no_ack=False)) is not None:
            try:
                _bury(letter.headers, arguments=json.loads(letter.body or "")[1])
            except (LookupError, ValueError, TypeError):
                # Whoever sent that, it was no task of ours; it must not block the rest.
                logger.exception("dead_letter_unreadable", body=str(letter.body)[:200])
            letter.ack()
            count += 1
    return count


@transaction.atomic
def _bury(headers: dict[str, Any], arguments: dict[str, Any]) -> None:
    death = headers["x-death"][0]
    message = OutboxMessage.objects.select_for_update().filter(key=headers["id"])
    row = message.first() or _recorded(headers, arguments)
    died_at = death["time"].replace(tzinfo=UTC) + _RESOLUTION
    # Of a delivery before the present one, or of work that was done all the same.
    is_past = died_at < (row.delivered_at or row.due_at) or row.done_at is not None
    if is_past or row.failed_at is not None:
        return
    error = DeadLetter(f"The broker gave up: {death['reason']}.")
    message_attempt_failed(key=row.key, error=error)
    message_give_up(key=row.key)
    # The task, if it still exists, could not tell anyone itself.
    if tell := getattr(current_app.tasks.get(row.name), "gave_up", None):
        tell(row.arguments)


def _recorded(headers: dict[str, Any], arguments: dict[str, Any]) -> OutboxMessage:
    """Record what was sent past the outbox, so that it can be seen and sent again."""
    sent = datetime.fromtimestamp(0, UTC)
    context = headers.get("__django_structlog__") or {}
    return OutboxMessage.objects.create(
        key=headers["id"],
        name=headers["task"],
        arguments=arguments,
        request_id=context.get("request_id") or "",
        due_at=sent,
        delivered_at=sent,
    )
