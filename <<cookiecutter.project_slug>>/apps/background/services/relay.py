"""From the outbox to the broker; without one, straight to the task."""

from datetime import timedelta

import structlog
from celery import current_app
from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from .. import publisher
from ..models import OutboxMessage

logger = structlog.get_logger(__name__)

BATCH = 500
# A message that was delivered and neither done nor given up by then has been lost, by
# a broker that lost its disk, say. Retries and the longest task end well before.
LOST_AFTER = timedelta(hours=6)


def message_deliver_at_once(*, message: OutboxMessage) -> None:
    """Deliver what has just been committed; the relay repeats what fails here."""
    if not settings.CELERY_BROKER_URL:
        _call(message)
    elif publisher.publish_at_once(message):
        _mark_delivered([message])


def messages_deliver(*, limit: int = BATCH) -> int:
    """Deliver what is due; any number of relays may do so at the same time.

    A crash in between delivers a message twice, which takes effect once.

    Returns:
        How many were delivered.
    """
    if not settings.CELERY_BROKER_URL:
        messages = list(_due()[:limit])
        for message in messages:
            _call(message)
        return len(messages)
    with transaction.atomic():
        delivered = []
        try:
            for message in _due().select_for_update(skip_locked=True)[:limit]:
                publisher.publish(message)
                delivered.append(message)
        except publisher.BROKER_ERRORS:
            logger.warning("relay_stopped", delivered=len(delivered), exc_info=True)
        _mark_delivered(delivered)
    return len(delivered)


def _due() -> QuerySet[OutboxMessage]:
    now = timezone.now()
    return OutboxMessage.objects.filter(
        Q(delivered_at=None) | Q(delivered_at__lte=now - LOST_AFTER),
        due_at__lte=now,
        done_at=None,
        failed_at=None,
    ).order_by("due_at")


def _mark_delivered(messages: list[OutboxMessage]) -> None:
    keys = [message.key for message in messages]
    OutboxMessage.objects.filter(key__in=keys).update(delivered_at=timezone.now())


def _call(message: OutboxMessage) -> None:
    """Run the task here and now, with its retries, which do not wait."""
    _mark_delivered([message])
    task = current_app.tasks[message.name]
    task.apply(kwargs=message.arguments, task_id=str(message.key))
