"""The base of every model."""

from django.db import models
from django.utils import timezone


class TimestampedModel(models.Model):
    """Knows when it was made and last changed (UTC)."""

    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True, editable=False)

    class Meta:
        abstract = True
