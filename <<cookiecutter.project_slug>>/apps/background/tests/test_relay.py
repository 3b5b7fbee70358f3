"""The relay delivers what is due, and nothing else."""

from datetime import timedelta
from unittest.mock import call

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from apps.background.models import OutboxMessage
from apps.background.services import messages_deliver
from apps.background.services.relay import LOST_AFTER

from .factories import OutboxMessageFactory

pytestmark = pytest.mark.django_db


def test_what_is_due_is_delivered_once(broker):
    now = timezone.now()
    due = OutboxMessageFactory()
    lost = OutboxMessageFactory(delivered_at=now - LOST_AFTER)
    OutboxMessageFactory(due_at=now + timedelta(seconds=5))
    OutboxMessageFactory(delivered_at=now)
    OutboxMessageFactory(done_at=now)
    OutboxMessageFactory(failed_at=now)

    assert messages_deliver() == 2
    assert messages_deliver() == 0

    published = {options["task_id"] for _, options in broker.call_args_list}
    assert published == {str(due.key), str(lost.key)}


def test_what_was_delivered_before_the_broker_went_stays_delivered(broker, stop):
    OutboxMessageFactory.create_batch(3)
    broker.side_effect = [None, ConnectionError("gone")]

    assert messages_deliver() == 1

    assert OutboxMessage.objects.filter(delivered_at=None).count() == 2


def test_a_batch_has_a_size(broker):
    OutboxMessageFactory.create_batch(3)

    assert messages_deliver(limit=2) == 2


def test_without_a_broker_the_relay_calls_what_a_crash_left_behind(service):
    OutboxMessageFactory()

    assert messages_deliver() == 1

    service.assert_called_once_with()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("postgresql")
def test_relays_at_the_same_time_share_the_work(broker, at_once):
    OutboxMessageFactory.create_batch(40)

    counts = at_once([lambda: messages_deliver(limit=10)] * 4)

    assert sum(counts) == broker.call_count
    assert len({options["task_id"] for _, options in broker.call_args_list}) == sum(
        counts
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("postgresql")
def test_a_relay_passes_over_what_another_one_has(broker, at_once):
    OutboxMessageFactory()

    with transaction.atomic():
        list(OutboxMessage.objects.select_for_update())
        assert at_once([messages_deliver]) == [0]

    assert connection.get_autocommit() and messages_deliver() == 1


def test_the_command_delivers_once_or_until_it_is_told_to_stop(
    broker, capsys, monkeypatch
):
    OutboxMessageFactory()
    handlers = {}
    monkeypatch.setattr("signal.signal", handlers.__setitem__)

    call_command("relay_outbox")
    assert capsys.readouterr().out == "1 messages delivered.\n"

    broker.side_effect = lambda *args, **kwargs: [
        handler() for handler in handlers.values()
    ]
    OutboxMessageFactory()
    call_command("relay_outbox", "--loop", "--interval=0")
    assert capsys.readouterr().out == "1 messages delivered.\n"
    assert broker.call_args_list != [call()]
