import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections
from django.utils.module_loading import import_string

from apps.core.logging import masked

FIRST_PAUSE_SECONDS = 0.25
LONGEST_PAUSE_SECONDS = 4


class Command(BaseCommand):
    help = (
        "Wait until the parts answer that /health/ready/ asks for: all that are "
        "configured, or those that are named."
    )
    # A part that is not up yet must not end the command that waits for it.
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        names = ", ".join(settings.READINESS_CHECKS)
        parser.add_argument(
            "parts", nargs="*", metavar="part", help=f"one of {names} (default: all)"
        )
        parser.add_argument(
            "--timeout",
            type=float,
            default=60,
            help="seconds until it gives up (default: 60; 0: asks once)",
        )

    def handle(self, *, parts: list[str], timeout: float, **options: Any) -> None:
        if unknown := ", ".join({*parts} - {*settings.READINESS_CHECKS}):
            names = ", ".join(settings.READINESS_CHECKS)
            raise CommandError(f"There is no part called {unknown}; there are {names}.")
        deadline = time.monotonic() + timeout
        for part in parts or settings.READINESS_CHECKS:
            self._wait_for(part, deadline)

    def _wait_for(self, part: str, deadline: float) -> None:
        pause = FIRST_PAUSE_SECONDS
        while reason := _failure(part):
            left = deadline - time.monotonic()
            if left <= 0:
                raise CommandError(f"The {part} does not answer: {reason}")
            if pause == FIRST_PAUSE_SECONDS:
                self.stdout.write(f"Waiting for the {part}: {reason}")
            time.sleep(min(pause, left))
            pause = min(2 * pause, LONGEST_PAUSE_SECONDS)
        self.stdout.write(f"The {part} answers.")


def _failure(part: str) -> str:
    """Return why a part does not answer, or nothing when it does."""
    try:
        with _log_kept() as log:
            import_string(settings.READINESS_CHECKS[part])()
    except Exception as error:
        reasons = [f"{type(error).__name__}: {error}", *log[-1:]]
        return masked(" ".join(" | ".join(reasons).split()))
    finally:
        _disconnect()
    return ""


class _Keeper(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.kept: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info and record.exc_info[1]
        self.kept.append(str(error or record.getMessage()))


@contextmanager
def _log_kept() -> Iterator[list[str]]:
    """A pool and a cache that swallows errors tell the log alone what was wrong, at
    length, at every attempt."""
    root, keeper = logging.getLogger(), _Keeper()
    handlers, root.handlers = root.handlers, [keeper]
    try:
        yield keeper.kept
    finally:
        root.handlers = handlers


def _disconnect() -> None:
    """A pool that could not connect tries more and more seldom, up to minutes: the
    next look takes a new one."""
    for connection in connections.all(initialized_only=True):
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()
