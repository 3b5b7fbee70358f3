from typing import Any
from uuid import UUID

from celery import current_app
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from apps.background import selectors, services, topology
from apps.background.publisher import BROKER_ERRORS


class Command(BaseCommand):
    help = "Look after background work: its queues, its outbox, what failed."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("status", help="show queues, outbox and beat's last ticks")
        actions.add_parser("declare", help="make exchanges and queues where missing")
        actions.add_parser("collect", help="move dead letters into the outbox")
        requeue = actions.add_parser("requeue", help="deliver failed messages again")
        requeue.add_argument(
            "keys", nargs="*", type=UUID, help="all of them unless told"
        )

    def handle(self, *, action: str, **options: Any) -> None:
        try:
            getattr(self, f"_{action}")(**options)
        except BROKER_ERRORS as error:
            raise CommandError(
                f"The broker does not answer ({error}). Check CELERY_BROKER_URL, and "
                "that RabbitMQ runs."
            ) from error

    def _declare(self, **options: Any) -> None:
        with self._broker() as connection:
            topology.declare(connection)
        self.stdout.write("Exchanges and queues are there.")

    def _collect(self, **options: Any) -> None:
        self._broker()
        count = services.dead_letters_collect()
        self.stdout.write(f"{count} dead letters collected.")

    def _requeue(self, *, keys: list[UUID], **options: Any) -> None:
        count = services.messages_requeue(keys=keys or None)
        self.stdout.write(f"{count} messages will be delivered again.")

    def _status(self, **options: Any) -> None:
        state = selectors.outbox_state()
        self._table(
            "Outbox",
            {
                "waiting": state.waiting,
                "delivered": state.delivered,
                "failed": state.failed,
                "oldest unfinished": _ago(state.oldest),
            },
        )
        ticks = selectors.last_ticks()
        self._table("Beat", {name: _ago(tick) for name, tick in ticks.items()})
        with self._broker() as connection:
            self._table("Queues", topology.depths(connection))

    def _broker(self):
        if not current_app.conf.broker_url:
            raise CommandError(
                "There is no broker: set CELERY_BROKER_URL. Without it work is done "
                "inline, after the commit."
            )
        return current_app.connection_for_read(connect_timeout=5)

    def _table(self, title: str, rows: dict[str, Any]) -> None:
        self.stdout.write(self.style.MIGRATE_HEADING(title))
        for name, value in rows.items():
            self.stdout.write(f"  {name:32} {value}")


def _ago(moment) -> str:
    if moment is None:
        return "never"
    return f"{(timezone.now() - moment).total_seconds():.0f} s ago"
