"""How long PostgreSQL may take over what a request asks of it.

Commands, workers and migrations take their time: only what serves requests,
config/wsgi.py and config/asgi.py, sets the limit.
"""

from django.conf import settings
from django.db import DatabaseError, connections
from django.db.backends.postgresql.base import DatabaseWrapper
from psycopg import errors

# Of PostgreSQL, each in milliseconds: a query, and a transaction that asks for nothing.
LIMITS = ("statement_timeout", "idle_in_transaction_session_timeout")


def requests_limit() -> None:
    """Have every session that this process opens from now on limited.

    They say so when they begin. A pooler that lends sessions by the transaction takes
    no such words, and would hand a SET on to whoever comes next: it has limits itself.
    """
    milliseconds = settings.DATABASE_STATEMENT_TIMEOUT * 1000
    for database in connections.all():
        if not isinstance(database, DatabaseWrapper) or not milliseconds:
            continue
        if database.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS"):
            continue
        options = database.settings_dict["OPTIONS"]
        limits = (f"-c {name}={milliseconds}" for name in LIMITS)
        options["options"] = " ".join([*options.get("options", "").split(), *limits])
        # What runserver has asked already.
        database.close()
        database.close_pool()


def is_cut_off(error: BaseException | None) -> bool:
    """Tell whether PostgreSQL ended a query or a transaction for being too slow."""
    cut_off = (errors.QueryCanceled, errors.IdleInTransactionSessionTimeout)
    return isinstance(error, DatabaseError) and isinstance(error.__cause__, cut_off)
