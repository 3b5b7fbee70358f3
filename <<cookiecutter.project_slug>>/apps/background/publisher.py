"""Hands messages to the broker, and knows when it is away."""

import time

import structlog
from amqp.exceptions import AMQPError
from celery import current_app
from kombu.exceptions import KombuError
from structlog.contextvars import bound_contextvars

from .models import OutboxMessage

logger = structlog.get_logger(__name__)

BROKER_ERRORS = (AMQPError, KombuError, OSError)
# While the broker is away no request waits to learn it again.
REST_SECONDS = 5
# A pooled connection may have died unseen: one more try, on a new one.
_ONCE_MORE = {"max_retries": 1, "interval_start": 0, "interval_step": 0}
_CONFIRM_SECONDS = 5

_away_until = 0.0


def publish(message: OutboxMessage) -> None:
    """Return once the broker has the message on disk.

    Raises:
        BROKER_ERRORS: it has not.
    """
    with bound_contextvars(request_id=message.request_id or None):
        current_app.send_task(
            message.name,
            kwargs=message.arguments,
            task_id=str(message.key),
            confirm_timeout=_CONFIRM_SECONDS,
            retry=True,
            retry_policy=_ONCE_MORE,
        )


def publish_at_once(message: OutboxMessage) -> bool:
    """Publish unless the broker is away; tell whether it was done. Never raises."""
    global _away_until
    if time.monotonic() < _away_until:
        return False
    try:
        publish(message)
    except BROKER_ERRORS:
        _away_until = time.monotonic() + REST_SECONDS
        logger.warning("broker_away", exc_info=True)
        return False
    return True
