"""The Celery application: `celery --app config worker`."""

import os

from celery import Celery
from celery.signals import setup_logging, worker_process_init
from django_structlog.celery.steps import DjangoStructLogInitStep

from apps.background.steps import AliveStep, TopologyStep
from config import tracing

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

app = Celery("<< cookiecutter.project_slug >>")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.steps["worker"].update({AliveStep, DjangoStructLogInitStep})
app.steps["consumer"].add(TopologyStep)


@setup_logging.connect
def keep_django_logging(**options) -> None:
    """Celery sets up no logging of its own when somebody listens to this signal."""


@worker_process_init.connect
def trace_tasks(**options) -> None:
    tracing.start("worker")
