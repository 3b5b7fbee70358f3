"""Effects that can be counted, and three ways to fail.

A file named `trap` in CHAOS_FOLDER makes the last two fail; without it they work.
"""

import os
import signal
import time
from pathlib import Path

from apps.core.messages import message_send
from django.conf import settings
from django.db import connection


def effect_make(*, number: int) -> None:
    """Leave one more row, which nothing keeps from being there twice."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO effect (number) VALUES (%s)", [number])


def poison_take(*, number: int) -> None:
    """Kill the process that works on it, as an out-of-memory killer would."""
    if _is_trapped():
        os.kill(os.getpid(), signal.SIGKILL)
    message_send("chaos.effect_make", number=number)


def hour_wait(*, number: int) -> None:
    """Hang, deaf to the warning that comes before the end."""
    while _is_trapped():
        try:
            time.sleep(3600)
        except Exception:  # noqa: S110
            pass
    message_send("chaos.effect_make", number=number)


def _is_trapped() -> bool:
    return (Path(settings.CHAOS_FOLDER) / "trap").exists()
