"""A message takes effect once, however often it comes."""

import time
from uuid import uuid4

import pytest

from apps.accounts.tests.factories import UserFactory
from apps.background.models import OutboxMessage
from apps.background.services import message_handle, message_handle_long

from .factories import OutboxMessageFactory

pytestmark = pytest.mark.django_db

BOTH = pytest.mark.parametrize("handle", [message_handle, message_handle_long])


@BOTH
def test_once(handle):
    message, calls = OutboxMessageFactory(), []

    for _ in range(3):
        handle(key=message.key, work=lambda: calls.append(1))

    assert calls == [1]


@BOTH
def test_the_result_is_kept(handle):
    message = OutboxMessageFactory()

    assert handle(key=message.key, work=lambda: {"rows": 3}) == {"rows": 3}

    message.refresh_from_db()
    assert message.result == {"rows": 3}
    assert message.done_at is not None


@BOTH
@pytest.mark.parametrize("key", [uuid4(), None])
def test_what_nobody_recorded_just_runs(handle, key):
    assert handle(key=key, work=lambda: 5) == 5


@BOTH
def test_a_failure_leaves_it_to_be_done(handle):
    message = OutboxMessageFactory()

    with pytest.raises(ZeroDivisionError):
        handle(key=message.key, work=lambda: 1 / 0)

    message.refresh_from_db()
    assert message.done_at is None
    assert handle(key=message.key, work=lambda: 5) == 5


@pytest.mark.django_db(transaction=True)
def test_a_failure_takes_its_effect_back():
    message = OutboxMessageFactory()

    def work() -> None:
        user = UserFactory(email="half@example.com")
        raise RuntimeError(user)

    with pytest.raises(RuntimeError):
        message_handle(key=message.key, work=work)

    assert not OutboxMessage.objects.filter(done_at__isnull=False).exists()
    assert not UserFactory._meta.model.objects.filter(email="half@example.com").exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("postgresql")
def test_once_for_workers_that_have_it_at_the_same_time(at_once):
    message, calls = OutboxMessageFactory(), []

    def work() -> None:
        time.sleep(0.05)
        calls.append(1)

    at_once([lambda: message_handle(key=message.key, work=work)] * 5)

    assert calls == [1]
