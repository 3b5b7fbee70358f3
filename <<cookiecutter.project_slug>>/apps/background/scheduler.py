"""Beat: periodic work, promised through the outbox, by one beat at a time."""

from typing import Any

import structlog
from celery.exceptions import NotRegistered
from django.db import Error
from django_celery_beat.models import PeriodicTask
from django_celery_beat.schedulers import DatabaseScheduler

from . import probes, services
from .leadership import Leadership

logger = structlog.get_logger(__name__)

# Worthless a moment later, and sent all the time: they need no promise.
PAST_THE_OUTBOX = {"background.messages_deliver", "background.dead_letters_collect"}
_WAIT_SECONDS = 5


class LeaderScheduler(DatabaseScheduler):
    """The schedule of the admin site.

    CELERY_BEAT_SCHEDULE fills in what is missing there; what somebody changed in the
    admin stays, where the library would write the code's schedule over it.
    """

    def __init__(self, *args, **kwargs) -> None:
        self._leadership = Leadership()
        super().__init__(*args, **kwargs)

    def tick(self, *args, **kwargs) -> float:
        """Return the seconds until the next one."""
        probes.touch("beat")
        if not self._leadership.held():
            return _WAIT_SECONDS
        return min(super().tick(*args, **kwargs), _WAIT_SECONDS)

    def update_from_dict(self, mapping: dict[str, dict]) -> None:
        known = set(PeriodicTask.objects.values_list("name", flat=True))
        super().update_from_dict(
            {name: entry for name, entry in mapping.items() if name not in known}
        )

    def apply_async(self, entry, producer=None, advance=True, **kwargs) -> Any:
        if entry.task in PAST_THE_OUTBOX:
            return super().apply_async(entry, producer, advance, **kwargs)
        if advance:
            entry = self.reserve(entry)
        try:
            services.message_record(name=entry.task, arguments=entry.kwargs)
        except (Error, NotRegistered):
            logger.exception("schedule_failed", entry=entry.name)
        self.sync()
        return None

    def close(self) -> None:
        super().close()
        self._leadership.release()
