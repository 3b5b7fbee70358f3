import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import psycopg
from django.core.management.base import CommandError, CommandParser
from django.core.management.commands import migrate
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

# Any number, as long as it means nothing else in this database.
LOCK = 20_260_102
PAUSE_SECONDS = 0.5


class Command(migrate.Command):
    """Django's own, one at a time in a database of PostgreSQL.

    Two that start together, as containers do, would both apply what neither has seen
    applied, and one of them would fail.
    """

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--lock-timeout",
            type=float,
            default=600,
            help="seconds to wait for another migrate (default: 600; 0: asks once)",
        )

    def handle(self, *args: Any, lock_timeout: float, **options: Any) -> None:
        database = connections[options["database"]]
        reads = options["plan"] or options["check_unapplied"]
        if reads or database.vendor != "postgresql":
            super().handle(*args, **options)
            return
        with self._turn(database, time.monotonic() + lock_timeout):
            super().handle(*args, **options)

    @contextmanager
    def _turn(self, database: BaseDatabaseWrapper, deadline: float) -> Iterator[None]:
        """Hold the lock by a transaction that stays open, on a connection of its own.

        A lock of the session would be lost behind PgBouncer, which lends another
        session to each transaction.
        """
        with closing(psycopg.connect(**database.get_connection_params())) as session:
            waiting = False
            while not _taken(session):
                if time.monotonic() >= deadline:
                    raise CommandError("Another migrate still holds the database.")
                if not waiting:
                    waiting = True
                    self.stdout.write("Waiting for another migrate of this database.")
                time.sleep(PAUSE_SECONDS)
            yield


def _taken(session: psycopg.Connection) -> bool:
    # Tried again and again: who waits inside of a query holds a snapshot, for which
    # CREATE INDEX CONCURRENTLY would wait in turn.
    [(taken, _)] = session.execute(
        "SELECT pg_try_advisory_xact_lock(%s),"
        " set_config('idle_in_transaction_session_timeout', '0', true)",
        [LOCK],
    )
    if taken:
        return True
    session.rollback()
    return False
