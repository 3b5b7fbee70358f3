import time

from apps.core.messages import message_send
from django.core.management.base import BaseCommand
from django.db import transaction


class Command(BaseCommand):
    help = "Promise effects, each in a transaction of its own; every tenth rolls back."

    def add_arguments(self, parser) -> None:
        parser.add_argument("count", type=int)
        parser.add_argument("--service", default="chaos.effect_make")
        parser.add_argument("--pause", type=float, default=0, help="seconds")

    def handle(self, *, count: int, service: str, pause: float, **options) -> None:
        for number in range(count):
            self._promise(service, number)
            if number % 10 == 0:
                self._promise(service, -number - 1000, keep=False)
            time.sleep(pause)

    @transaction.atomic
    def _promise(self, service: str, number: int, *, keep: bool = True) -> None:
        message_send(service, number=number)
        transaction.set_rollback(not keep)
