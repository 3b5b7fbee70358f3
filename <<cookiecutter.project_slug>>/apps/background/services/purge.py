"""An outbox is no archive."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from ..models import OutboxMessage

# A message that comes again later than that would take effect again.
KEEP_DONE = timedelta(days=7)
KEEP_FAILED = timedelta(days=90)


def messages_purge() -> int:
    """Delete what was done or given up long ago; return how many rows that were."""
    now = timezone.now()
    old = Q(done_at__lte=now - KEEP_DONE) | Q(failed_at__lte=now - KEEP_FAILED)
    deleted, _ = OutboxMessage.objects.filter(old).delete()
    return deleted
