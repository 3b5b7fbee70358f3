"""Exports as rows, and their files."""

from uuid import UUID

from django.core.files import File
from django.db.models import QuerySet

from apps.core.errors import Conflict, NotFound
from apps.core.policies import Caller

from .models import Export, ExportStatus


def export_rows(*, owner: Caller) -> QuerySet:
    """Return somebody's own exports, the newest first."""
    return Export.objects.filter(owner=owner.pk).values(
        "id",
        "status",
        "filters",
        "rows_done",
        "rows_total",
        "error",
        "created_at",
        "finished_at",
    )


# % if cookiecutter.use_graphql
def exports_by_id(*, owner: Caller, ids: list[UUID]) -> QuerySet:
    return export_rows(owner=owner).filter(pk__in=ids)


# % endif
def export_rows_complete(*, rows: list[dict]) -> list[dict]:
    """Return rows of `export_rows` with their progress in percent."""
    for row in rows:
        row["progress"] = _progress(row)
    return rows


def export_file_open(*, export_id: UUID) -> tuple[Export, File]:
    """Return an export, and its file to read from.

    Raises:
        NotFound: there is no such export, or its file is gone.
        Conflict: it is not done.
    """
    export = Export.objects.filter(pk=export_id).first()
    if export is None:
        raise NotFound
    if export.status != ExportStatus.DONE:
        raise Conflict(f"This export is {export.status}.", code="export_not_done")
    try:
        return export, export.file.open()
    except FileNotFoundError as error:
        raise NotFound("The file is gone.") from error


def _progress(row: dict) -> int:
    if row["status"] == ExportStatus.DONE:
        return 100
    # Rows may come while it runs; all of them written is not yet a file to fetch.
    return min(99, 100 * row["rows_done"] // max(1, row["rows_total"]))
