"""Celery as its manual says, as durable as the baked project's, and with nothing more.

    celery --app benchmarks.peers.plain_celery worker

A quorum queue, late acknowledgement, rejection when a worker is lost, one message at a
time, publisher confirms; the task leaves its row in a transaction of Django's ORM.
"""

import os

from celery import Celery
from django.db import transaction
from kombu import Queue

app = Celery("plain", broker=os.environ["CELERY_BROKER_URL"])
app.conf.update(
    task_queues=[Queue("plain", queue_arguments={"x-queue-type": "quorum"})],
    task_default_queue="plain",
    task_default_exchange_type="topic",
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_ignore_result=True,
    worker_prefetch_multiplier=1,
    broker_transport_options={"confirm_publish": True},
    broker_connection_retry_on_startup=True,
)
# Django's checks, which a worker runs, ask for some.
urlpatterns = []


@app.task
def effect_make(number: int) -> None:
    # Django's models are there once Celery has set Django up.
    from benchmarks.effects.models import Effect

    with transaction.atomic():
        Effect.objects.create(number=number)
