"""What lies in the dead-letter queue becomes a failed message, whatever it is."""

import json
from datetime import UTC, datetime, timedelta
from unittest.mock import MagicMock
from uuid import uuid4

import pytest
from django.utils import timezone

from apps.background import topology
from apps.background.base import ServiceTask
from apps.background.models import OutboxMessage
from apps.background.services import dead_letters_collect

from .factories import OutboxMessageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def letters(monkeypatch) -> list[MagicMock]:
    """The queue, as a list. What the broker itself puts there: test_on_rabbitmq.py."""
    waiting: list[MagicMock] = []
    queue = MagicMock()
    queue.return_value.get = lambda no_ack: waiting.pop(0) if waiting else None
    monkeypatch.setattr(topology, "DEAD_QUEUE", queue)
    path = "apps.background.services.failures.current_app.connection_for_read"
    monkeypatch.setattr(path, MagicMock())
    return waiting


def letter(name: str, key=None, died_at: datetime | None = None, **arguments):
    # As amqp reads it: naive, in UTC, without a fraction.
    time = (died_at or timezone.now()).astimezone(UTC).replace(tzinfo=None)
    headers = {
        "id": str(key or uuid4()),
        "task": name,
        "x-death": [{"reason": "delivery_limit", "time": time.replace(microsecond=0)}],
    }
    return MagicMock(headers=headers, body=json.dumps([[], arguments, {}]))


def test_a_message_of_ours_is_marked_and_its_task_told(letters, monkeypatch):
    told = []
    monkeypatch.setattr(
        ServiceTask, "gave_up", lambda self, arguments: told.append(arguments)
    )
    message = OutboxMessageFactory(delivered_at=timezone.now(), arguments={"a": 1})
    letters.append(sent := letter(message.name, message.key, a=1))

    assert dead_letters_collect() == 1

    message.refresh_from_db()
    assert message.failed_at is not None
    assert message.error == "DeadLetter: The broker gave up: delivery_limit."
    assert told == [{"a": 1}]
    sent.ack.assert_called_once_with()


@pytest.mark.parametrize("name", ["background.messages_deliver", "of.a_former_release"])
def test_what_went_past_the_outbox_is_recorded(letters, name):
    letters.append(letter(name, a=1))

    dead_letters_collect()

    message = OutboxMessage.objects.get()
    assert (message.name, message.arguments) == (name, {"a": 1})
    assert message.failed_at is not None


@pytest.mark.parametrize("body", ["no JSON", "{}", "[]", "null"])
def test_what_is_no_task_blocks_no_other(letters, body, caplog):
    letters.append(MagicMock(headers={}, body=body))
    letters.append(letter("background.thing_do"))

    assert dead_letters_collect() == 2

    assert OutboxMessage.objects.count() == 1
    assert "dead_letter_unreadable" in caplog.text


def test_a_letter_of_a_delivery_before_this_one_changes_nothing(letters):
    now = timezone.now()
    message = OutboxMessageFactory(delivered_at=now)
    done = OutboxMessageFactory(delivered_at=now, done_at=now)
    letters.append(letter(message.name, message.key, now - timedelta(minutes=1)))
    letters.append(letter(done.name, done.key))

    dead_letters_collect()

    assert not OutboxMessage.objects.exclude(failed_at=None).exists()
