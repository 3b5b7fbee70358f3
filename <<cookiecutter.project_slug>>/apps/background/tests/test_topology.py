"""Every task of the project has a queue, and every queue an end for what fails."""

from fnmatch import fnmatch

import pytest
from celery import current_app
from django.conf import settings

from apps.background import topology


def test_queues_are_safe():
    for queue in topology.QUEUES:
        arguments = queue.queue_arguments
        assert arguments["x-queue-type"] == "quorum"
        assert arguments["x-delivery-limit"] == topology.DELIVERY_LIMIT
        assert arguments["x-dead-letter-exchange"] == topology.DEAD_QUEUE.exchange.name
        assert queue.exchange.type == "topic"


@pytest.mark.parametrize(
    ("name", "queue"),
    [
        ("accounts.verification_email_send", topology.MAIL),
        ("accounts.expired_tokens_purge", topology.DEFAULT),
        ("background.messages_deliver", topology.DEFAULT),
    ],
)
def test_routes(name, queue):
    assert current_app.amqp.router.route({}, name)["queue"].name == queue


def test_every_route_leads_to_a_queue_that_exists():
    names = {queue.name for queue in topology.QUEUES}

    assert {route["queue"] for route in settings.CELERY_TASK_ROUTES.values()} <= names


def test_every_e_mail_is_a_task():
    """A service that sends an e-mail has a task, so that a message reaches it."""
    tasks = set(current_app.tasks)

    assert any(fnmatch(name, "*_email_send") for name in tasks)
    assert {"accounts.password_reset_email_send"} <= tasks
