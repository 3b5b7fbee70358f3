"""Django's PostgreSQL with a quicker way to read times.

psycopg takes their text apart by a regular expression, and Django, on top of it, makes
a second object of each: together 7 to 10 % of what a list of products costs.
"""

from datetime import UTC, datetime

from django.db.backends.postgresql import base
from django.db.backends.postgresql.psycopg_any import BaseTzLoader


class TimestamptzLoader(BaseTzLoader):
    """Reads ISO 8601, which is what PostgreSQL writes, by Python's own parser."""

    timezone = UTC

    def load(self, data) -> datetime:
        try:
            return datetime.fromisoformat(str(data, "ascii")).astimezone(UTC)
        except (ValueError, OverflowError):
            # Years that Python does not have, or not in this notation.
            return super().load(data)


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own; named as ENGINE by the folder that it is in."""

    def get_connection_params(self) -> dict:
        params = super().get_connection_params()
        if self.timezone is UTC:
            params["context"].adapters.register_loader("timestamptz", TimestamptzLoader)
        return params
