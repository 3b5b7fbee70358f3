"""`manage.py migrate`: one at a time in a database of PostgreSQL."""

from collections.abc import Iterator
from contextlib import closing

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from apps.core.management.commands import migrate

# What was applied must be seen by a connection that is no part of the test.
pytestmark = [
    pytest.mark.usefixtures("postgresql"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def other() -> Iterator[psycopg.Connection]:
    """The session of another migrate, which is at work."""
    parameters = connection.get_connection_params()
    with closing(psycopg.connect(**parameters)) as session:
        session.execute("SELECT pg_advisory_xact_lock(%s)", [migrate.LOCK])
        yield session


def test_waits_until_the_other_one_has_ended(other, monkeypatch, capsys):
    pauses = []

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 3:
            other.close()

    monkeypatch.setattr(migrate.time, "sleep", pause)

    call_command("migrate")

    out = capsys.readouterr().out
    assert out.count("Waiting for another migrate") == 1
    assert out.index("Waiting for") < out.index("No migrations to apply")
    assert len(pauses) >= 3


def test_gives_up_when_the_time_is_up(other, capsys):
    with pytest.raises(CommandError, match="Another migrate still holds"):
        call_command("migrate", lock_timeout=0)

    assert "No migrations to apply" not in capsys.readouterr().out


@pytest.mark.parametrize("option", ["--plan", "--check"])
def test_who_only_looks_waits_for_nobody(other, capsys, option):
    call_command("migrate", option, lock_timeout=0)

    assert "Waiting" not in capsys.readouterr().out


def test_the_lock_goes_with_the_command(capsys):
    for _ in range(2):
        call_command("migrate", lock_timeout=0)

    assert capsys.readouterr().out.count("No migrations to apply") == 2
