"""What a transaction promises is done after its commit, or not at all."""

import pytest
from django.db import transaction

from apps.core.messages import call_after_commit, message_send, service_named

pytestmark = pytest.mark.django_db

SENT: list[dict] = []
NAME = "accounts.verification_email_send"


def send(email: str) -> None:
    call_after_commit(name=NAME, arguments={"email": email})


def test_after_the_commit(django_capture_on_commit_callbacks, user, mailoutbox):
    user.email_verified_at = None
    user.save()

    with django_capture_on_commit_callbacks(execute=True):
        send(user.email)
        assert not mailoutbox

    assert [message.to for message in mailoutbox] == [[user.email]]


@pytest.mark.django_db(transaction=True)
def test_not_after_a_rollback(user, mailoutbox):
    user.email_verified_at = None
    user.save()

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        send(user.email)
        raise ZeroDivisionError

    assert not mailoutbox


@pytest.mark.django_db(transaction=True)
def test_a_failure_is_logged_and_changes_nothing(user, monkeypatch, caplog):
    monkeypatch.setattr("apps.accounts.services.verification_email_send", fail)

    with transaction.atomic():
        user.full_name = "Ada"
        user.save()
        send(user.email)

    user.refresh_from_db()
    assert user.full_name == "Ada"
    assert "no luck" in caplog.text


def fail(**arguments) -> None:
    raise RuntimeError("no luck")


def test_the_settings_choose_the_sender(settings):
    SENT.clear()
    settings.MESSAGE_SENDER = f"{__name__}.record"

    message_send(NAME, email="ada@example.com")

    assert SENT == [{"name": NAME, "arguments": {"email": "ada@example.com"}}]


def record(**call) -> None:
    SENT.append(call)


@pytest.mark.parametrize("name", ["accounts.nothing", "nothing.at_all"])
def test_a_name_without_a_service_is_an_error_at_once(name):
    with pytest.raises(ImportError):
        service_named(name)
