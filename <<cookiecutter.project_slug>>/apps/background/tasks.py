"""The outbox's own chores: each task is a thin shell around a service."""

from celery import shared_task

from . import services
from .base import service_task

messages_purge = service_task(services.messages_purge)


@shared_task(name="background.messages_deliver")
def messages_deliver() -> int:
    """The relay. It goes past the outbox, which would fill with its own messages."""
    return services.messages_deliver()


@shared_task(name="background.dead_letters_collect")
def dead_letters_collect() -> int:
    return services.dead_letters_collect()
