"""Exports: what somebody asked for, how far it is, and the file it became."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.core.files import private_storage
from apps.core.models import TimestampedModel


class ExportStatus(models.TextChoices):
    PENDING = "pending"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


UNFINISHED = (ExportStatus.PENDING, ExportStatus.RUNNING)


def file_name() -> str:
    """Return a name that nobody guesses."""
    return f"exports/{uuid4().hex}.csv"


class Export(TimestampedModel):
    """One CSV file of orders in the making.

    Its status changes by conditional UPDATE alone: of a cancellation and a finish at
    the same moment one wins, and the other learns that it came too late.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    # Its file has to go first: `exports_purge`.
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="exports",
        db_index=False,
    )
    status = models.CharField(
        max_length=10, choices=ExportStatus.choices, default=ExportStatus.PENDING
    )
    # What `order_pages` takes to narrow the orders.
    filters = models.JSONField(default=dict)
    # Lines of orders.
    rows_total = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    # Chosen when a run begins, before there is a file: whoever has to take it away
    # finds it here, and a run knows by it that a later one has begun.
    file = models.FileField(storage=private_storage, blank=True, max_length=100)
    finished_at = models.DateTimeField(null=True)
    # A sentence for its owner.
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=ExportStatus.values), name="export_status_known"
            ),
            models.UniqueConstraint(
                fields=["owner"],
                condition=Q(status__in=UNFINISHED),
                name="export_one_under_way",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "created_at", "id"], name="export_of_owner"),
            models.Index(fields=["created_at"], name="export_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.id}, {self.status}"
