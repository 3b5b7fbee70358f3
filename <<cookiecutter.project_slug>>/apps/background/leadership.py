"""One leader among any number of processes: a lock of PostgreSQL that dies with it."""

from contextlib import suppress

import psycopg
from django.db import connection

# Any number, as long as it means nothing else in this database.
_LOCK = 20_260_101


class Leadership:
    """Held by one process at a time, until its connection to the database ends."""

    def __init__(self) -> None:
        self._session: psycopg.Connection | None = None

    def held(self) -> bool:
        """Tell whether this process leads now, and try to if it does not.

        SQLite serves a single machine, where one beat is started.
        """
        if connection.vendor != "postgresql":
            return True
        try:
            return self._still_ours() or self._taken()
        except psycopg.Error:
            self.release()
            return False

    def release(self) -> None:
        """Let another process lead."""
        if self._session is not None:
            # Closing lets the lock go too, but only once the server has noticed.
            with suppress(psycopg.Error):
                self._session.execute("SELECT pg_advisory_unlock_all()")
            self._session.close()
            self._session = None

    def _still_ours(self) -> bool:
        if self._session is None:
            return False
        self._session.execute("SELECT 1")
        return True

    def _taken(self) -> bool:
        # Not one of Django's connections: the pool would keep the lock, and share it.
        parameters = connection.get_connection_params()
        parameters.pop("pool", None)
        self._session = psycopg.connect(**parameters, autocommit=True)
        cursor = self._session.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        if cursor.fetchone() == (True,):
            return True
        self.release()
        return False
