"""Asking for exports, calling them off, and taking old ones away."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from apps.accounts.callers import User
from apps.core.errors import Conflict, NotFound
from apps.core.files import private_storage
from apps.core.messages import message_send

from ..models import UNFINISHED, Export, ExportStatus

FAILED = "The export failed. Start another one."


@transaction.atomic
def export_start(*, owner: User, filters: dict[str, str]) -> Export:
    """Ask for a file of the orders that the owner may see.

    Args:
        filters: which of them; what `order_pages` takes.

    Raises:
        Conflict: the owner's last one is not finished yet.
    """
    try:
        with transaction.atomic():
            export = Export.objects.create(owner=owner, filters=filters)
    except IntegrityError as error:
        raise Conflict(
            "One export at a time: wait for yours, or cancel it.",
            code="export_under_way",
        ) from error
    message_send("exports.export_run", export_id=str(export.pk))
    return export


def export_cancel(*, export_id: UUID, owner: User) -> None:
    """Call an export off; whoever works on it stops at the next page.

    Raises:
        NotFound: the owner has no such export.
        Conflict: it is over already.
    """
    own = Export.objects.filter(pk=export_id, owner=owner)
    if not _finish(own, ExportStatus.CANCELLED):
        if not own.exists():
            raise NotFound
        raise Conflict("This export is over.", code="export_over")


def export_fail(*, export_id: str) -> None:
    """Mark an export that nobody will try again."""
    _finish(Export.objects.filter(pk=export_id), ExportStatus.FAILED, error=FAILED)


def exports_purge(*, older_than_days: int = 7) -> int:
    """Take exports of so many days ago away, and their files; return how many."""
    day = timezone.now() - timedelta(days=older_than_days)
    old = Export.objects.filter(created_at__lt=day)
    count = 0
    for export in old.only("file").iterator():
        # The file first: a row without one is taken away by the next purge, but
        # nobody would ever find a file without a row.
        if export.file.name:
            private_storage().delete(export.file.name)
        export.delete()
        count += 1
    return count


def _finish(exports: QuerySet[Export], status: ExportStatus, **changes: Any) -> int:
    now = timezone.now()
    return exports.filter(status__in=UNFINISHED).update(
        status=status, finished_at=now, updated_at=now, **changes
    )
