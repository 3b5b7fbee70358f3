"""Waiting: until all answer, or until the time is up."""

import logging
import os
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command

from apps.core.management.commands import wait_for_services
from config.env import BASE_DIR


class Part:
    """A part that answers once it was asked often enough."""

    def __init__(self, failures: float = 0) -> None:
        self.failures = failures
        self.asked = 0

    def __call__(self) -> None:
        self.asked += 1
        if self.asked <= self.failures:
            raise ConnectionError("postgres://app:s3cret@10.0.0.5 refused")


@pytest.fixture
def parts(monkeypatch, settings) -> dict[str, Part]:
    found = {"database": Part(), "cache": Part()}
    settings.READINESS_CHECKS = {name: name for name in found}
    monkeypatch.setattr(wait_for_services, "import_string", found.__getitem__)
    monkeypatch.setattr(wait_for_services, "FIRST_PAUSE_SECONDS", 0.01)
    return found


def test_waits_for_every_part_that_is_configured(parts, capsys):
    parts["cache"].failures = 3

    call_command("wait_for_services")

    assert [part.asked for part in parts.values()] == [1, 4]
    out = capsys.readouterr().out
    assert out.count("Waiting for the cache: ConnectionError") == 1
    assert "The database answers." in out
    assert out.endswith("The cache answers.\n")


def test_waits_for_those_that_are_named(parts):
    call_command("wait_for_services", "cache")

    assert [part.asked for part in parts.values()] == [0, 1]


def test_gives_up_when_the_time_is_up_and_says_why(parts, capsys):
    parts["database"].failures = float("inf")

    with pytest.raises(CommandError, match="database does not answer") as raised:
        call_command("wait_for_services", timeout=0.2)

    assert "refused" in str(raised.value)
    assert "s3cret" not in str(raised.value) + capsys.readouterr().out


def test_pauses_grow_to_a_limit(parts, monkeypatch):
    pauses = []
    monkeypatch.setattr(wait_for_services.time, "sleep", pauses.append)
    parts["database"].failures = 12

    call_command("wait_for_services", "database")

    assert pauses[:3] == pytest.approx([0.01, 0.02, 0.04])
    assert pauses[-1] == wait_for_services.LONGEST_PAUSE_SECONDS
    assert pauses == sorted(pauses)


def test_no_time_means_asking_once(parts):
    parts["database"].failures = float("inf")

    with pytest.raises(CommandError):
        call_command("wait_for_services", timeout=0)

    assert parts["database"].asked == 1


def test_a_part_that_is_not_configured_is_refused(parts):
    with pytest.raises(CommandError, match="nothing; there are database, cache"):
        call_command("wait_for_services", "nothing")


def test_the_command_ends_with_a_status_of_its_own():
    """As an entrypoint runs it, with a database that nobody serves."""
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "config.settings.local",
        "DATABASE_URL": "postgres://app:s3cret@127.0.0.1:1/app",
        "TIME_ZONE": "UTC",
    }
    command = [sys.executable, "manage.py", "wait_for_services", "database"]
    result = subprocess.run(
        [*command, "--timeout", "0"],
        cwd=BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 1
    assert result.stderr.startswith("CommandError: The database does not answer: ")
    assert len(result.stderr.splitlines()) == 1
    assert "Connection refused" in result.stderr
    assert "s3cret" not in result.stdout + result.stderr


def test_what_was_told_the_log_alone_is_the_reason(parts, monkeypatch, caplog):
    def fail():
        logging.getLogger("a.pool").warning("no route to password=%s", "s3cret")
        raise TimeoutError("took too long")

    monkeypatch.setitem(parts, "database", fail)

    with pytest.raises(CommandError, match=r"took too long \| no route") as raised:
        call_command("wait_for_services", timeout=0)

    assert "s3cret" not in str(raised.value)
    assert not caplog.records
