"""The long part of an export: from rows to a file, page by page."""

from tempfile import TemporaryFile
from typing import IO, Any

from django.core.files import File
from django.db import InterfaceError, OperationalError
from django.db.models import F
from django.utils import timezone

from apps.core.errors import TemporaryFailure
from apps.core.files import private_storage
from apps.orders.selectors import order_lines_extent, order_pages

from ..models import UNFINISHED, Export, ExportStatus, file_name
from ..sheets import sheet_in
from .exports import FAILED

# Whoever runs this tries again after these.
MAY_PASS = (
    TemporaryFailure,
    OperationalError,
    InterfaceError,
    ConnectionError,
    TimeoutError,
)


def export_run(*, export_id: str) -> None:
    """Write the file, and say after each page how far it is.

    It may be called again, after its process was killed or even while it runs: it
    starts over, and an earlier run stops at its next page. Not for a transaction: a
    cancellation has to be seen, and progress to be shown, while it runs.

    Raises:
        TemporaryFailure: or another error of MAY_PASS; the export is still under way.
        Exception: any other is final, and the export is marked as failed.
    """
    export = _claim(export_id)
    if export is None:
        return
    try:
        _file_make(export)
    except MAY_PASS:
        raise
    except Exception:
        now = timezone.now()
        _update(export, status=ExportStatus.FAILED, error=FAILED, finished_at=now)
        raise


def _claim(export_id: str) -> Export | None:
    """Begin a run, unless the export is over or another run begins at this moment."""
    unfinished = Export.objects.filter(pk=export_id, status__in=UNFINISHED)
    export = unfinished.select_related("owner").first()
    if export is None:
        return None
    former, export.file.name = export.file.name, file_name()
    claimed = unfinished.filter(file=former).update(
        status=ExportStatus.RUNNING,
        file=export.file.name,
        rows_done=0,
        updated_at=timezone.now(),
    )
    if not claimed:
        return None
    if former:
        private_storage().delete(former)
    return export


def _file_make(export: Export) -> None:
    with TemporaryFile() as file:
        if not _file_fill(export, file):
            return
        file.seek(0)
        saved = private_storage().save(export.file.name, File(file))
    done = _update(
        export,
        status=ExportStatus.DONE,
        # An order may have left the filter since they were counted.
        rows_total=F("rows_done"),
        finished_at=timezone.now(),
    )
    if not done:
        private_storage().delete(saved)


def _file_fill(export: Export, file: IO[bytes]) -> bool:
    """Write all rows; return False when the run has to stop before that."""
    which = {"user": export.owner, **export.filters}
    total, last = order_lines_extent(**which)
    if not _update(export, rows_total=total):
        return False
    with sheet_in(file) as sheet:
        for orders in order_pages(until=last, **which):
            sheet.add(orders)
            if not _update(export, rows_done=sheet.rows):
                return False
    return True


def _update(export: Export, **changes: Any) -> bool:
    """Change the export if it is still this run's: neither cancelled nor begun anew."""
    own = Export.objects.filter(
        pk=export.pk, status=ExportStatus.RUNNING, file=export.file.name
    )
    return bool(own.update(updated_at=timezone.now(), **changes))
