"""Celery on RabbitMQ when CELERY_BROKER_URL names it; work is done inline otherwise.

Either way the outbox records it: apps/background.
"""

import logging

from celery.schedules import crontab

from apps.background.topology import DEFAULT, EXCHANGE, LONG, MAIL, QUEUES
from config import env
from config.settings.components.health import READINESS_CHECKS
from config.settings.components.observability import METRICS_COLLECTORS

MESSAGE_SENDER = "apps.background.services.message_record"

# https://docs.celeryq.dev/en/stable/userguide/configuration.html
CELERY_BROKER_URL = env.CELERY_BROKER_URL
CELERY_TASK_ALWAYS_EAGER = not env.CELERY_BROKER_URL
CELERY_BROKER_CONNECTION_TIMEOUT = 2
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {"confirm_publish": True}
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = env.TIME_ZONE

# A message leaves the queue once its work is done, and if its worker dies before that
# another one gets it. What gives up goes to the dead letters instead of nowhere.
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_ACKS_ON_FAILURE_OR_TIMEOUT = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SOFT_TIME_LIMIT = 50
CELERY_TASK_TIME_LIMIT = 60
# What became of a task stands in the outbox, results as well.
CELERY_TASK_IGNORE_RESULT = True
CELERY_RESULT_EXPIRES = None

CELERY_TASK_QUEUES = QUEUES
CELERY_TASK_CREATE_MISSING_QUEUES = False
CELERY_TASK_DEFAULT_QUEUE = CELERY_TASK_DEFAULT_ROUTING_KEY = DEFAULT
CELERY_TASK_DEFAULT_EXCHANGE = EXCHANGE.name
CELERY_TASK_DEFAULT_EXCHANGE_TYPE = EXCHANGE.type
CELERY_TASK_ROUTES = {
    "*_email_send": {"queue": MAIL},
    # % if cookiecutter.use_example
    "exports.export_run": {"queue": LONG},
    # % endif
}

CELERY_BEAT_SCHEDULER = "apps.background.scheduler:LeaderScheduler"
CELERY_BEAT_SYNC_EVERY = 1
CELERY_BEAT_SCHEDULE = {
    "outbox-relay": {"task": "background.messages_deliver", "schedule": 10},
    "dead-letters": {"task": "background.dead_letters_collect", "schedule": 60},
    "expired-tokens-purge": {
        "task": "accounts.expired_tokens_purge",
        "schedule": crontab(hour=3, minute=30),
    },
    "outbox-purge": {
        "task": "background.messages_purge",
        "schedule": crontab(hour=3, minute=45),
    },
    # % if cookiecutter.use_example
    "exports-purge": {
        "task": "exports.exports_purge",
        "schedule": crontab(hour=4, minute=0),
    },
    # % endif
    "digests": {
        "task": "digest.digests_record",
        "schedule": crontab(hour=7, minute=0),
    },
    "rates-sync": {"task": "rates.rates_sync", "schedule": crontab(minute=5)},
}
DJANGO_STRUCTLOG_CELERY_ENABLED = True
# One line a task is enough, as one is for a request.
DJANGO_STRUCTLOG_CELERY_TASK_START_LOG_LEVEL = logging.DEBUG
METRICS_COLLECTORS.append("apps.background.metrics.OutboxCollector")

if env.CELERY_BROKER_URL:
    READINESS_CHECKS["broker"] = "apps.core.broker.check_broker"
    # A worker waits for the mail server, and learns that it failed.
    EMAIL_BACKEND = "apps.background.mail.WorkerEmailBackend"
