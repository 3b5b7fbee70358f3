"""`manage.py tasks`; with a broker it is tried by the template's own tests."""

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from .factories import OutboxMessageFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("action", ["status", "declare", "collect"])
def test_without_a_broker_it_says_what_to_set(action):
    with pytest.raises(CommandError, match="set CELERY_BROKER_URL"):
        call_command("tasks", action)


@pytest.mark.parametrize("action", ["status", "declare", "collect"])
def test_a_broker_that_is_away_is_named(action, celery_app_at_nowhere):
    with pytest.raises(CommandError, match="broker does not answer"):
        call_command("tasks", action)


@pytest.fixture
def celery_app_at_nowhere(monkeypatch):
    from config.celery import app

    monkeypatch.setitem(app.conf, "broker_url", "amqp://127.0.0.1:1")
    monkeypatch.setitem(app.conf, "broker_read_url", "amqp://127.0.0.1:1")


def test_requeue_takes_all_or_those_named(capsys):
    first, *_ = OutboxMessageFactory.create_batch(3, failed_at=timezone.now())

    call_command("tasks", "requeue", str(first.key))
    call_command("tasks", "requeue")

    one, two = capsys.readouterr().out.splitlines()
    assert one.startswith("1 messages")
    assert two.startswith("2 messages")
