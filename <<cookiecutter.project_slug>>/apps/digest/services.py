"""Promising each reader a digest, and writing it."""

from datetime import date
from uuid import uuid5

import structlog
from django.db import transaction

from apps.accounts.selectors import staff_list
from apps.background.services import message_record
from apps.core.emails import email_send

from .days import day_bounds, yesterday
from .selectors import digest_sections

logger = structlog.get_logger(__name__)


@transaction.atomic
def digests_record(*, day: str | None = None) -> int:
    """Promise each reader the digest of a day; once, however often this is called.

    Args:
        day: in ISO 8601, in the project's time zone; yesterday unless given.

    Returns:
        How many readers there are.

    Raises:
        ValueError: `day` is none.
    """
    day = (date.fromisoformat(day) if day else yesterday()).isoformat()
    readers = list(staff_list().values_list("pk", flat=True))
    for reader in readers:
        message_record(
            name="digest.digest_email_send",
            arguments={"reader_id": str(reader), "day": day},
            key=uuid5(reader, f"digest of {day}"),
        )
    logger.info("digests_recorded", day=day, readers=len(readers))
    return len(readers)


def digest_email_send(*, reader_id: str, day: str) -> None:
    """Write to one reader what happened on a day, if they may still know.

    Raises:
        TemporaryFailure: the mail server cannot take it now.
    """
    reader = staff_list().filter(pk=reader_id).first()
    if reader is None:
        return
    since, until = day_bounds(date.fromisoformat(day))
    email_send(
        to=reader.email,
        subject=f"What happened on {day}",
        template="digest/emails/digest",
        sections=digest_sections(since=since, until=until),
    )
