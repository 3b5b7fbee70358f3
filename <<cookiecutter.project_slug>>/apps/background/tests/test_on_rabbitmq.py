"""What only a broker can show. Its exchanges and queues have names of their own."""

import os
import time
from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from celery import Celery, current_app
from celery.contrib.testing.app import setup_default_app
from celery.contrib.testing.worker import start_worker
from celery.worker.consumer.delayed_delivery import DelayedDelivery
from kombu import Connection, Exchange, Queue

from apps.background import publisher, topology
from apps.background.base import ServiceTask
from apps.background.models import OutboxMessage
from apps.background.services import (
    dead_letters_collect,
    message_handle,
    message_record,
)
from apps.core.errors import TemporaryFailure
from config import env

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE_SECONDS = 60


@pytest.fixture
def names(monkeypatch) -> None:
    """The project's topology by names that nobody else uses."""
    own = uuid4().hex[:8]
    for constant in ("EXCHANGE", "DEAD_EXCHANGE"):
        exchange = getattr(topology, constant)
        renamed = Exchange(f"{exchange.name}-{own}", exchange.type)
        monkeypatch.setattr(topology, constant, renamed)
    arguments = topology.DEAD_QUEUE.queue_arguments
    dead = Queue(f"dead-{own}", topology.DEAD_EXCHANGE, queue_arguments=arguments)
    queues = [topology._queue(f"{queue.name}-{own}") for queue in topology.QUEUES]
    monkeypatch.setattr(topology, "DEAD_QUEUE", dead)
    monkeypatch.setattr(topology, "QUEUES", queues)


@pytest.fixture
def rabbitmq(names, settings, monkeypatch) -> Iterator[Connection]:
    """Celery on the broker of CELERY_BROKER_URL. CI never goes without it."""
    if not env.CELERY_BROKER_URL:
        assert not os.environ.get("CI"), "Set CELERY_BROKER_URL to a RabbitMQ server."
        pytest.skip("needs RabbitMQ: set CELERY_BROKER_URL")
    settings.CELERY_BROKER_URL = env.CELERY_BROKER_URL
    settings.CELERY_TASK_ALWAYS_EAGER = False
    settings.CELERY_TASK_QUEUES = topology.QUEUES
    settings.CELERY_TASK_DEFAULT_QUEUE = topology.QUEUES[0].name
    settings.CELERY_TASK_DEFAULT_ROUTING_KEY = topology.QUEUES[0].routing_key
    settings.CELERY_TASK_DEFAULT_EXCHANGE = topology.EXCHANGE.name
    # What all workers of a broker share, they would share with ours.
    settings.CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
    monkeypatch.setattr(DelayedDelivery, "include_if", lambda *_: False)
    monkeypatch.setattr(publisher, "_away_until", 0.0)
    app = Celery(set_as_current=False)
    app.config_from_object("django.conf:settings", namespace="CELERY")
    with setup_default_app(app), app.connection_for_write() as connection:
        app.set_current()
        topology.declare(connection)
        yield connection
        for queue in (*topology.QUEUES, topology.DEAD_QUEUE):
            queue(connection.default_channel).delete()
            queue.exchange(connection.default_channel).delete()


@pytest.fixture
def worker(postgresql, rabbitmq) -> Iterator[None]:
    """A worker in a thread, with a connection to the database of its own."""
    # The event loop of a worker is for pools of processes.
    options = {"use_eventloop": False, "perform_ping_check": False}
    with start_worker(current_app, shutdown_timeout=PATIENCE_SECONDS, **options):
        yield


@pytest.fixture
def handled(monkeypatch) -> list[str | None]:
    """The keys of what tasks were asked to do."""
    keys = []

    def handle(*, key, work):
        keys.append(key)
        return message_handle(key=key, work=work)

    monkeypatch.setattr(ServiceTask, "handle", staticmethod(handle))
    return keys


def promise() -> OutboxMessage:
    message_record(name="background.thing_do", arguments={})
    return OutboxMessage.objects.latest("id")


def eventually(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_the_topology_can_be_declared_again(rabbitmq):
    topology.declare(rabbitmq)

    assert list(topology.depths(rabbitmq).values()) == [0, 0, 0, 0]


def test_a_message_that_came_twice_took_effect_once(worker, service):
    message = promise()
    # As a relay does that died before it could note it.
    publisher.publish(message)
    promise()

    # In order: the last one is done after the copy of the first.
    eventually(lambda: not OutboxMessage.objects.filter(done_at=None).exists())
    assert service.call_count == 2


def test_what_is_retried_is_marked_all_the_same(worker, service, monkeypatch):
    # Chance says: at once. What waits goes through exchanges that workers share.
    monkeypatch.setattr("random.randrange", lambda limit: 0)
    service.side_effect = [TemporaryFailure("Later."), {"tries": 2}]
    message = promise()

    eventually(lambda: OutboxMessage.objects.filter(result={"tries": 2}).exists())
    message.refresh_from_db()
    assert message.done_at is not None
    assert message.attempts == 1


def test_what_went_past_the_outbox_is_not_looked_for(worker, service, handled):
    message = promise()
    eventually(lambda: len(handled) == 1)

    current_app.tasks[message.name].delay()
    eventually(lambda: len(handled) == 2)
    assert handled == [str(message.key), None]
    assert service.call_count == 2


def test_what_the_broker_refuses_stays_in_the_outbox(rabbitmq):
    queue = topology.QUEUES[0](rabbitmq.default_channel)
    queue.delete()
    queue.queue_arguments["x-max-length"] = 1
    queue.declare()

    # A quorum queue takes one or two more than that.
    eventually(lambda: promise().delivered_at is None)


def test_poison_ends_among_the_dead_letters(rabbitmq):
    message = promise()
    for _ in range(1 + topology.DELIVERY_LIMIT):
        with rabbitmq.channel() as channel:
            # Whoever takes it is gone without a word.
            eventually(lambda: topology.QUEUES[0](channel).get())

    eventually(lambda: topology.depths(rabbitmq)[topology.DEAD_QUEUE.name] == 1)
    assert dead_letters_collect() == 1
    message.refresh_from_db()
    assert message.failed_at is not None
    assert message.error == "DeadLetter: The broker gave up: delivery_limit."
