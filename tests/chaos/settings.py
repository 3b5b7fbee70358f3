"""Settings of a project under faults: copied to config/settings/chaos.py."""

from pathlib import Path

from .local import *
from .local import BASE_DIR, CELERY_BEAT_SCHEDULE, INSTALLED_APPS, LOGGING

INSTALLED_APPS = [*INSTALLED_APPS, "apps.chaos"]
CHAOS_FOLDER = Path(BASE_DIR).parent
ALLOWED_HOSTS = ["127.0.0.1"]
CELERY_BEAT_SCHEDULE["outbox-relay"]["schedule"] = 1
CELERY_BEAT_SCHEDULE["dead-letters"]["schedule"] = 2
CELERY_BEAT_SCHEDULE["tick"] = {
    "task": "chaos.effect_make",
    "schedule": 1,
    "kwargs": {"number": -1},
}
# One process dies all the time; the log need not tell every line of it.
LOGGING["root"]["level"] = "INFO"
