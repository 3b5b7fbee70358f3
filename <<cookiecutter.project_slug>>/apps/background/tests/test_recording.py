"""A message is there exactly when its data is, and delivered as soon as it is."""

from uuid import uuid4

import pytest
from celery.exceptions import NotRegistered
from django.db import transaction
from structlog.contextvars import bound_contextvars

from apps.background.models import OutboxMessage
from apps.background.services import message_record, messages_deliver

NAME = "background.thing_do"

pytestmark = pytest.mark.django_db(transaction=True)


def record(**options) -> None:
    message_record(name=NAME, arguments={}, **options)


def test_without_a_broker_the_service_is_called_after_the_commit(service):
    service.return_value = 7

    with transaction.atomic():
        record()
        assert not service.called

    service.assert_called_once_with()
    message = OutboxMessage.objects.get()
    assert message.done_at and message.delivered_at
    assert message.result == 7


def test_a_rollback_takes_the_promise_along(service):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record()
        raise ZeroDivisionError

    assert not service.called
    assert not OutboxMessage.objects.exists()


def test_without_a_broker_a_failure_is_recorded_and_raised_nowhere(service, caplog):
    service.side_effect = RuntimeError("no luck")

    record()

    message = OutboxMessage.objects.get()
    assert (message.failed_at is not None, message.attempts) == (True, 1)
    assert message.error == "RuntimeError: no luck"
    assert "message_failed" in caplog.text


def test_with_a_broker_it_is_published_with_its_key_and_request(broker, service):
    with bound_contextvars(request_id="request-1"):
        record()

    message = OutboxMessage.objects.get()
    [call] = broker.call_args_list
    assert (call.args, call.kwargs["task_id"]) == ((NAME,), str(message.key))
    assert message.request_id == "request-1"
    assert message.delivered_at and not message.done_at
    assert not service.called


def test_one_key_is_recorded_once(service):
    key = uuid4()

    for _ in range(2):
        record(key=key)

    service.assert_called_once_with()


def test_an_unknown_service_is_refused_before_anything_is_written():
    with pytest.raises(NotRegistered):
        message_record(name="accounts.nothing", arguments={})

    assert not OutboxMessage.objects.exists()


def test_a_broker_that_is_away_is_asked_once_and_loses_nothing(broker, stop, service):
    stop()

    record()
    record()

    assert broker.call_count == 1
    assert OutboxMessage.objects.filter(delivered_at=None).count() == 2
    broker.side_effect = None
    OutboxMessage.objects.update(due_at="2026-01-01T00:00Z")
    assert messages_deliver() == 2
