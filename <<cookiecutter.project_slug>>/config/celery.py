"""The Celery application: `celery --app config worker`."""

import os

from celery import Celery
from celery.signals import setup_logging
from django_structlog.celery.steps import DjangoStructLogInitStep

from apps.background.steps import AliveStep, TopologyStep

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

app = Celery("<< cookiecutter.project_slug >>")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.steps["worker"].update({AliveStep, DjangoStructLogInitStep})
app.steps["consumer"].add(TopologyStep)


@setup_logging.connect
def keep_django_logging(**options) -> None:
    """Celery sets up no logging of its own when somebody listens to this signal."""
