"""A task retries what may pass, gives up on the rest, and says so."""

from uuid import uuid4

import pytest
from celery.exceptions import Retry
from django.db import OperationalError

from apps.accounts.tasks import expired_tokens_purge
from apps.background.base import LongTask, ServiceTask, service_task
from apps.background.models import OutboxMessage
from apps.core.errors import InvalidInput, TemporaryFailure

from .factories import OutboxMessageFactory

pytestmark = pytest.mark.django_db


def greeting_send(*, name: str) -> str:
    """Greet somebody."""
    if name == "nobody":
        raise InvalidInput("Nobody is there.")
    if name == "busy":
        raise TemporaryFailure("Later.")
    if name == "database":
        raise OperationalError("gone")
    return f"Hello, {name}."


@pytest.fixture(scope="module")
def task() -> ServiceTask:
    return service_task(greeting_send)


@pytest.fixture
def message() -> OutboxMessage:
    return OutboxMessageFactory(
        arguments={"password": "hidden"}, request_id="request-1"
    )


def run(task, message, name: str):
    return task.apply(kwargs={"name": name}, task_id=str(message.key))


def test_a_task_is_named_after_its_service_and_explained_by_it():
    assert expired_tokens_purge.name == "accounts.expired_tokens_purge"
    assert "Delete tokens" in expired_tokens_purge.__doc__


def test_it_does_what_the_message_says_once(task, message):
    assert run(task, message, "Ada").get() == "Hello, Ada."
    assert run(task, message, "Ada").get() is None

    message.refresh_from_db()
    assert message.result == "Hello, Ada."


@pytest.mark.parametrize("name", ["busy", "database"])
def test_what_may_pass_is_retried_later_and_later(task, message, name, monkeypatch):
    waits = []
    # The longest wait that chance may choose.
    monkeypatch.setattr("random.randrange", lambda limit: limit - 1)

    def retry(self, exc, countdown, **options) -> Retry:
        waits.append(countdown)
        return Retry(exc=exc)

    monkeypatch.setattr(ServiceTask, "retry", retry)
    for retries in range(5):
        task.push_request(id=str(message.key), retries=retries)
        with pytest.raises(Retry):
            task.run(name=name)
        task.pop_request()

    assert waits == [2, 4, 8, 16, 32]


def test_what_cannot_pass_gives_up_at_once(task, message, caplog):
    assert run(task, message, "nobody").failed()

    message.refresh_from_db()
    assert message.failed_at is not None
    assert (message.attempts, message.error) == (1, "InvalidInput: Nobody is there.")
    assert "message_failed" in caplog.text
    assert "request-1" in caplog.text
    assert "hidden" not in caplog.text


def test_patience_ends(task, message):
    assert run(task, message, "busy").failed()

    message.refresh_from_db()
    assert message.failed_at is not None
    # Each of the retries, and the first.
    assert message.attempts == task.max_retries + 1


def test_a_database_that_is_away_hides_no_retry(task, message, monkeypatch, caplog):
    def fail(**arguments) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr("apps.background.services.message_attempt_failed", fail)

    task.on_retry(TemporaryFailure(), str(message.key), [], {}, None)

    assert "message_not_noted" in caplog.text


def test_a_task_that_is_called_past_the_outbox_runs(task):
    assert task.apply(kwargs={"name": "Ada"}, task_id=str(uuid4())).get()


def test_long_tasks_end_before_the_broker_takes_their_message_back():
    half_an_hour = 30 * 60

    assert LongTask.soft_time_limit < LongTask.time_limit < half_an_hour
