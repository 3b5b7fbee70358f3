"""What a worker sends twice carries one Message-ID."""

from uuid import uuid4

import pytest
from celery import shared_task
from django.core.mail import send_mail


@pytest.fixture(autouse=True)
def delivered(settings, mailoutbox):
    settings.EMAIL_DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.EMAIL_BACKEND = "apps.background.mail.WorkerEmailBackend"
    return mailoutbox


@shared_task(name="tests.two_mails_send")
def two_mails_send() -> None:
    for name in ("ada", "bob"):
        send_mail("Hello", "", None, [f"{name}@example.com"])


def test_the_same_task_gives_the_same_ids(delivered):
    key = str(uuid4())

    for _ in range(2):
        two_mails_send.apply(task_id=key)
    two_mails_send.apply(task_id=str(uuid4()))

    ids = [message.extra_headers["Message-ID"] for message in delivered]
    assert ids[:2] == ids[2:4]
    assert len(set(ids)) == 4


def test_outside_of_a_task_django_gives_the_id(delivered):
    assert send_mail("Hello", "", None, ["ada@example.com"]) == 1

    assert not delivered[0].extra_headers
