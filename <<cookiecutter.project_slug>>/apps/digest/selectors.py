"""What a digest says: rows by the title of their section, for text and HTML alike."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Count, Q

from apps.accounts.selectors import user_list
from apps.background.selectors import failed_count

# % if cookiecutter.use_example
from .sales import sales_rows

# % endif
Rows = Sequence[tuple[str, int | str]]


def digest_sections(*, since: datetime, until: datetime) -> dict[str, Rows]:
    """Return what happened in between: one query a section, however much it was."""
    return {
        "Users": _user_rows(since, until),
        # % if cookiecutter.use_example
        "Orders": sales_rows(since=since, until=until),
        # % endif
        "Background work": [("Given up, waiting for a decision", failed_count())],
    }


def _user_rows(since: datetime, until: datetime) -> Rows:
    new = Q(created_at__gte=since, created_at__lt=until)
    verified = Q(email_verified_at__gte=since, email_verified_at__lt=until)
    counts = user_list().aggregate(
        new=Count("pk", filter=new), verified=Count("pk", filter=verified)
    )
    return [("New", counts["new"]), ("Addresses verified", counts["verified"])]
