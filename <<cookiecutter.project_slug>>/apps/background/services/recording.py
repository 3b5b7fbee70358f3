"""Promising work: a row beside the data, delivered as soon as both are committed."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from celery import current_app
from celery.exceptions import NotRegistered
from django.db import transaction
from django.utils import timezone
from structlog.contextvars import get_contextvars

from ..models import OutboxMessage
from .relay import message_deliver_at_once

# Time for whoever recorded it to deliver it, before the relay does.
HEAD_START = timedelta(seconds=5)


def message_record(
    *, name: str, arguments: dict[str, Any], key: UUID | None = None
) -> None:
    """Promise that a service will be called with these arguments, once.

    Args:
        key: what was recorded under the same one before is not promised again.

    Raises:
        NotRegistered: there is no such task.
    """
    if name not in current_app.tasks:
        raise NotRegistered(name)
    message = OutboxMessage(
        key=key or uuid4(),
        name=name,
        arguments=arguments,
        request_id=get_contextvars().get("request_id") or "",
        due_at=timezone.now() + HEAD_START,
    )
    OutboxMessage.objects.bulk_create([message], ignore_conflicts=key is not None)
    transaction.on_commit(lambda: message_deliver_at_once(message=message), robust=True)
