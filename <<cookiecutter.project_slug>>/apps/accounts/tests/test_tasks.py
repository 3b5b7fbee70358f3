"""The tasks of accounts, and the schedule that calls them."""

import pytest
from celery import current_app
from django.conf import settings

from apps.accounts import tasks

pytestmark = pytest.mark.django_db


def test_expired_tokens_purge_calls_the_service(expired_session):
    assert tasks.expired_tokens_purge.delay().get() == 1


def test_every_scheduled_task_exists():
    scheduled = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}

    assert scheduled <= set(current_app.tasks)
