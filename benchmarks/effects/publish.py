"""Publishes effects and waits until all are there: the clock of one round.

    python -m benchmarks.effects.publish WAY COUNT

Runs in the baked project's folder, with the settings of whom it measures, and prints
the seconds from the first publishing to the last effect.
"""

import sys
import time

import django
from django.db import transaction

_POLL_SECONDS = 0.02
_PATIENCE_SECONDS = 120


def outbox(number: int) -> None:
    """As a service of the baked project does: in a transaction, delivered after it."""
    from apps.core.messages import message_send

    with transaction.atomic():
        message_send("effects.effect_make", number=number)


def direct(number: int) -> None:
    """Past the outbox, with the baked project's Celery as it is configured."""
    from .tasks import effect_make

    effect_make.apply_async(kwargs={"number": number})


def plain(number: int) -> None:
    from benchmarks.peers.plain_celery import effect_make

    effect_make.delay(number=number)


def main(way: str, count: int) -> None:
    django.setup()
    from .models import Effect

    publish = {"outbox": outbox, "direct": direct, "plain": plain}[way]
    Effect.objects.all().delete()
    # Connections, imports and the first plan are not what is measured.
    publish(-1)
    _wait(Effect.objects.filter(number=-1), 1)
    began = time.perf_counter()
    for number in range(count):
        publish(number)
    _wait(Effect.objects.filter(number__gte=0), count)
    print(time.perf_counter() - began)


def _wait(effects, count: int) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while (found := effects.count()) < count:
        if time.monotonic() > deadline:
            raise SystemExit(f"{found} of {count} effects are there")
        time.sleep(_POLL_SECONDS)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
