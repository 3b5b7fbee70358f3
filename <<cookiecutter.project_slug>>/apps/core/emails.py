"""E-mail from templates: `<template>.txt` and `<template>.html`, one message."""

from smtplib import (
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPServerDisconnected,
)
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string

from .errors import TemporaryFailure


def email_send(*, to: str, subject: str, template: str, **context: Any) -> None:
    """Render both versions and hand them to the mail server.

    Raises:
        TemporaryFailure: the server cannot take it now. What it refuses for good is
            raised as it comes.
    """
    context |= {"subject": subject, "project": settings.PROJECT_NAME}
    text = render_to_string(f"{template}.txt", context)
    html = render_to_string(f"{template}.html", context)
    try:
        send_mail(subject, text, None, [to], html_message=html)
    except OSError as error:
        if _is_final(error):
            raise
        raise TemporaryFailure("The mail server cannot take it now.") from error


def _is_final(error: OSError) -> bool:
    """Tell whether trying again is in vain: 5xx in RFC 5321, section 4.2.1."""
    match error:
        case SMTPRecipientsRefused():
            return all(code >= 500 for code, _ in error.recipients.values())
        case SMTPResponseException():
            return error.smtp_code >= 500
        case SMTPServerDisconnected():
            return False
        case _:
            return isinstance(error, SMTPException)
