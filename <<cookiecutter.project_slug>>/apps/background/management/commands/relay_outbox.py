import signal
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from apps.background.services import messages_deliver


class Command(BaseCommand):
    help = (
        "Deliver the outbox's messages that are due. Any number of relays may run at "
        "the same time; beat runs one too."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--loop", action="store_true", help="go on until SIGTERM or Ctrl-C"
        )
        parser.add_argument(
            "--interval", type=float, default=1.0, help="seconds between two looks"
        )

    def handle(self, *, loop: bool, interval: float, **options: Any) -> None:
        stopped = Event()
        if loop:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: stopped.set())
        while True:
            count = messages_deliver()
            if count or not loop:
                self.stdout.write(f"{count} messages delivered.")
            # A full batch may have left others behind.
            if not loop or stopped.wait(0 if count else interval):
                return
