"""The outbox: what was promised, and what became of it."""

from uuid import uuid4

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q


class OutboxMessage(models.Model):
    """One promise to call a service.

    It commits with the data it is about, so neither is ever there without the other.
    The row is also the record of its fate: delivered to the broker, done, or given up.
    """

    # The task's id as well. What carries one key takes effect once.
    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    # `app.service`, which is the task's name too.
    name = models.CharField(max_length=100)
    arguments = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    # Of the HTTP request that promised it, for the logs.
    request_id = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    # From when on the relay delivers it, should nobody have done so.
    due_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0, help_text="Failed ones.")
    error = models.TextField(blank=True)
    result = models.JSONField(null=True, encoder=DjangoJSONEncoder)

    class Meta:
        ordering = ["-id"]
        verbose_name = "message"
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(failed_at=None),
                name="message_done_or_failed",
            )
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                name="message_unfinished",
                condition=Q(done_at=None, failed_at=None),
            ),
            models.Index(
                fields=["failed_at"],
                name="message_failed",
                condition=Q(failed_at__isnull=False),
            ),
            models.Index(fields=["done_at"], name="message_by_done"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.key}"
