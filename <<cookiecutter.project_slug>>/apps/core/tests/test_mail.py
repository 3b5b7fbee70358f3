"""Mail leaves in the background: nobody waits for it, nobody fails with it."""

import threading

import pytest
from django.core.mail import EmailMessage, get_connection, send_mail
from django.core.mail.backends.base import BaseEmailBackend

from apps.core import mail

SENT: list[EmailMessage] = []
ANSWERS, DELIVERED = threading.Event(), threading.Event()


class SlowBackend(BaseEmailBackend):
    """A mail server that answers when ANSWERS is set."""

    def send_messages(self, email_messages):
        assert ANSWERS.wait(timeout=10)
        SENT.extend(email_messages)
        DELIVERED.set()


class BrokenBackend(BaseEmailBackend):
    def send_messages(self, email_messages):
        raise ConnectionError("no mail server")


@pytest.fixture
def through(settings):
    """Return a function that makes this module's backends the real mail server."""

    def use(backend: type) -> None:
        settings.EMAIL_BACKEND = "apps.core.mail.BackgroundEmailBackend"
        settings.EMAIL_DELIVERY_BACKEND = f"{__name__}.{backend.__name__}"

    ANSWERS.clear()
    DELIVERED.clear()
    SENT.clear()
    return use


def test_nobody_waits_for_the_mail_server(through):
    through(SlowBackend)

    assert send_mail("Hello", "", None, ["ada@example.com"]) == 1

    assert not SENT
    ANSWERS.set()
    assert DELIVERED.wait(timeout=10)
    assert [message.to for message in SENT] == [["ada@example.com"]]


def test_a_failure_is_logged_and_never_raised(through, caplog):
    through(BrokenBackend)

    mail.deliver_later([EmailMessage()]).result(timeout=10)

    assert "mail_failed" in caplog.text


def test_what_delivers_is_the_backend_of_the_settings(settings):
    backend = get_connection(settings.EMAIL_DELIVERY_BACKEND)

    assert not isinstance(backend, mail.BackgroundEmailBackend)
