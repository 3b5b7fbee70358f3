"""The Celery application: `celery --app config worker`."""

import os

from celery import Celery, Task
from celery.signals import setup_logging, worker_process_init
from django.dispatch import receiver
from django_structlog.celery.signals import bind_extra_task_metadata
from django_structlog.celery.steps import DjangoStructLogInitStep
from structlog.contextvars import bind_contextvars

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


@receiver(bind_extra_task_metadata)
def name_in_logs(task: Task, **options) -> None:
    """Put the task's name on every line it logs, beside its id and the request's."""
    bind_contextvars(task=task.name)


@worker_process_init.connect
def trace_tasks(**options) -> None:
    tracing.start("worker")
