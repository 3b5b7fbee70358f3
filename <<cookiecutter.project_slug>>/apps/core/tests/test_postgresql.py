"""Times come from PostgreSQL as Django gives them, only sooner."""

import re
from datetime import UTC, datetime

import psycopg
import pytest
from django.db import DataError, connection
from django.db.backends.postgresql.psycopg_any import BaseTzLoader
from psycopg.postgres import types

from apps.core.postgresql.base import TimestamptzLoader

OID = types["timestamptz"].oid


class StockLoader(BaseTzLoader):
    timezone = UTC


@pytest.fixture
def one_time(db, postgresql):
    """Return a function: the time that PostgreSQL makes of a text."""

    def ask(text: str) -> datetime:
        with connection.cursor() as cursor:
            cursor.execute("SELECT %s::timestamptz", [text])
            return cursor.fetchone()[0]

    return ask


@pytest.mark.parametrize(
    "text",
    [
        b"2026-11-28 13:45:09+00",
        b"2026-11-28 13:45:09.5+00",
        b"2026-11-28 13:45:09.123456+00",
        b"2026-11-28 13:45:09.000001-03:30",
        b"1883-11-18 12:00:00-04:56:02",
        b"0001-01-01 00:00:00+00",
        b"0001-01-01 00:00:00+02",
        b"9999-12-31 23:59:59.999999+00",
    ],
)
def test_times_are_those_of_django(text):
    found = TimestamptzLoader(OID).load(text)

    assert found == StockLoader(OID).load(text)
    assert found.tzinfo is UTC


@pytest.mark.parametrize("text", [b"infinity", b"0044-03-15 00:00:00+00 BC"])
def test_what_python_has_no_time_for_is_the_same_error(text):
    with pytest.raises(psycopg.DataError) as stock:
        StockLoader(OID).load(text)

    with pytest.raises(psycopg.DataError, match=re.escape(str(stock.value))):
        TimestamptzLoader(OID).load(text)


def test_queries_are_read_so(one_time):
    assert one_time("2026-11-28 13:45:09.25+02") == datetime(
        2026, 11, 28, 11, 45, 9, 250_000, UTC
    )
    with pytest.raises(DataError):
        one_time("infinity")

    loader = connection.connection.adapters.get_loader(OID, psycopg.pq.Format.TEXT)
    assert loader is TimestamptzLoader


def test_a_session_in_another_time_zone_names_the_same_moment(one_time):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL TIME ZONE 'Asia/Kathmandu'")

    found = one_time("2026-11-28 13:45:09+00")

    assert found == datetime(2026, 11, 28, 13, 45, 9, tzinfo=UTC)
    assert found.tzinfo is UTC
