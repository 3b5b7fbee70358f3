"""Sends e-mail in the worker, and makes a message that comes twice recognisable.

A worker that dies after the mail server took a message, and before it could say so,
sends it again. The copy has the same Message-ID, by which mail programs drop it.
"""

from uuid import UUID, uuid5

from celery import Task, current_app
from django.conf import settings
from django.core.mail import DNS_NAME, get_connection
from django.core.mail.backends.base import BaseEmailBackend


class WorkerEmailBackend(BaseEmailBackend):
    """Hands messages to the backend that EMAIL_DELIVERY_BACKEND names."""

    def send_messages(self, email_messages) -> int:
        task = current_app.current_task
        if task is not None:
            for message in email_messages:
                message.extra_headers["Message-ID"] = _message_id(task, message)
        delivery = get_connection(settings.EMAIL_DELIVERY_BACKEND)
        return delivery.send_messages(email_messages) or 0


def _message_id(task: Task, message) -> str:
    key = uuid5(UUID(task.request.id), f"{message.to} {message.subject}")
    return f"<{key}@{DNS_NAME.get_fqdn()}>"
