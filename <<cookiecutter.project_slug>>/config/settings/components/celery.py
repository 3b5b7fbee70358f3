"""Celery on RabbitMQ when CELERY_BROKER_URL names it; tasks run inline otherwise."""

from celery.schedules import crontab

from config import env
from config.settings.components.health import READINESS_CHECKS

# https://docs.celeryq.dev/en/stable/userguide/configuration.html
CELERY_BROKER_URL = env.CELERY_BROKER_URL
CELERY_TASK_ALWAYS_EAGER = not env.CELERY_BROKER_URL
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = "UTC"
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SOFT_TIME_LIMIT = 50
CELERY_TASK_TIME_LIMIT = 60
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
CELERY_BEAT_SCHEDULE = {
    "expired-tokens-purge": {
        "task": "accounts.expired_tokens_purge",
        "schedule": crontab(hour=3, minute=30),
    },
}
DJANGO_STRUCTLOG_CELERY_ENABLED = True

if env.CELERY_BROKER_URL:
    READINESS_CHECKS["broker"] = "apps.core.broker.check_broker"
