"""Sends e-mail from a thread of its own, so that no answer waits for the mail server.

Only a registered address gets a message: how long sending takes would tell which ones
are. A failure is logged, never raised; the user can ask again.
"""

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context

import structlog
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

logger = structlog.get_logger(__name__)

# Python waits for it at exit, so that commands and stopping servers lose no message.
_sender = ThreadPoolExecutor(max_workers=2, thread_name_prefix="mail")


class BackgroundEmailBackend(BaseEmailBackend):
    """Hands messages to the backend that EMAIL_DELIVERY_BACKEND names."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        deliver_later(email_messages)
        return len(email_messages)


def deliver_later(messages: Sequence[EmailMessage]) -> Future:
    # The context brings the request's id into what is logged.
    return _sender.submit(copy_context().run, _deliver, list(messages))


def _deliver(messages: list[EmailMessage]) -> None:
    try:
        get_connection(settings.EMAIL_DELIVERY_BACKEND).send_messages(messages)
    except Exception:
        logger.exception("mail_failed")
