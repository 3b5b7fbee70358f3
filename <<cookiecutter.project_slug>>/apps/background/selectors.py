"""What the outbox holds, for people who watch over it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q
from django_celery_beat.models import PeriodicTask

from .models import OutboxMessage

UNFINISHED = Q(done_at=None, failed_at=None)


@dataclass(frozen=True)
class OutboxState:
    """How many messages are in each state, and since when the oldest waits."""

    waiting: int
    delivered: int
    failed: int
    oldest: datetime | None


def outbox_state() -> OutboxState:
    counts = OutboxMessage.objects.filter(
        UNFINISHED | Q(failed_at__isnull=False)
    ).aggregate(
        waiting=Count("id", filter=UNFINISHED & Q(delivered_at=None)),
        delivered=Count("id", filter=UNFINISHED & Q(delivered_at__isnull=False)),
        failed=Count("id", filter=Q(failed_at__isnull=False)),
        oldest=Min("created_at", filter=UNFINISHED),
    )
    return OutboxState(**counts)


def failed_count() -> int:
    """Return how many messages were given up and wait for somebody to decide."""
    return OutboxMessage.objects.filter(failed_at__isnull=False).count()


def last_ticks() -> dict[str, datetime | None]:
    """Return when beat last sent each periodic task."""
    enabled = PeriodicTask.objects.filter(enabled=True).order_by("name")
    return dict(enabled.values_list("name", "last_run_at"))
