"""E-mail from templates, and which refusals of a mail server may pass."""

import smtplib

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.html import escape

from apps.core.emails import email_send
from apps.core.errors import TemporaryFailure

LINK = "https://example.com/reset?token=a&b"


class FailingBackend(BaseEmailBackend):
    """A mail server that answers with `error`."""

    error: Exception

    def send_messages(self, email_messages):
        raise self.error


def send() -> None:
    email_send(
        to="ada@example.com",
        subject="Reset <your> password",
        template="accounts/emails/password_reset",
        link=LINK,
    )


def test_both_versions_in_one_message(mailoutbox, settings):
    send()

    [message] = mailoutbox
    [(html, kind)] = message.alternatives
    assert (message.to, kind) == (["ada@example.com"], "text/html")
    assert message.subject == "Reset <your> password"
    assert LINK in message.body
    assert 'href="https://example.com/reset?token=a&amp;b"' in html
    assert "Reset &lt;your&gt; password" in html
    assert escape(settings.PROJECT_NAME) in html


@pytest.mark.parametrize(
    "error",
    [
        ConnectionRefusedError(),
        TimeoutError(),
        smtplib.SMTPServerDisconnected(),
        smtplib.SMTPConnectError(421, "busy"),
        smtplib.SMTPDataError(451, "try again"),
        smtplib.SMTPRecipientsRefused({"a": (550, b"no"), "b": (450, b"later")}),
    ],
    ids=repr,
)
def test_what_may_pass(monkeypatch, settings, error):
    settings.EMAIL_BACKEND = f"{__name__}.FailingBackend"
    monkeypatch.setattr(FailingBackend, "error", error, raising=False)

    with pytest.raises(TemporaryFailure):
        send()


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPRecipientsRefused({"a": (550, b"no such user")}),
        smtplib.SMTPAuthenticationError(535, b"no"),
        smtplib.SMTPNotSupportedError(),
        ValueError("not a mail server's error"),
    ],
    ids=repr,
)
def test_what_is_final(monkeypatch, settings, error):
    settings.EMAIL_BACKEND = f"{__name__}.FailingBackend"
    monkeypatch.setattr(FailingBackend, "error", error, raising=False)

    with pytest.raises(type(error)):
        send()
    assert not mail.outbox
