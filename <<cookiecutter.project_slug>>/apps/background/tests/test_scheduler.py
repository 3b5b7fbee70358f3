"""Periodic work is promised through the outbox, by one beat."""

from collections.abc import Iterator

import pytest
from celery import current_app
from celery.schedules import crontab
from django_celery_beat.models import CrontabSchedule, PeriodicTask

from apps.background.leadership import Leadership
from apps.background.models import OutboxMessage
from apps.background.scheduler import LeaderScheduler

# The library closes old connections, which no test's transaction would survive.
pytestmark = pytest.mark.django_db(transaction=True)

ENTRY = {
    "purge": {
        "task": "background.thing_do",
        "schedule": crontab(minute=30),
    }
}


@pytest.fixture
def scheduler(settings) -> Iterator[LeaderScheduler]:
    settings.CELERY_BEAT_SCHEDULE = ENTRY
    beat = LeaderScheduler(app=current_app, lazy=False)
    yield beat
    beat.close()


def test_what_is_due_goes_through_the_outbox(scheduler, service):
    scheduler.apply_async(scheduler.schedule["purge"])

    assert OutboxMessage.objects.get().name == ENTRY["purge"]["task"]


def test_the_relay_goes_past_it(scheduler, monkeypatch):
    sent = []
    monkeypatch.setattr(
        "django_celery_beat.schedulers.DatabaseScheduler.apply_async",
        lambda self, entry, *args, **kwargs: sent.append(entry.task),
    )
    entry = scheduler.schedule["purge"]
    entry.task = "background.messages_deliver"

    scheduler.apply_async(entry)

    assert sent == ["background.messages_deliver"]
    assert not OutboxMessage.objects.exists()


def test_what_cannot_be_promised_is_logged_and_the_rest_goes_on(scheduler, caplog):
    entry = scheduler.schedule["purge"]
    entry.task = "nothing.of_the_kind"

    assert scheduler.apply_async(entry, advance=False) is None

    assert "schedule_failed" in caplog.text


def test_a_change_in_the_admin_outlives_a_restart(scheduler):
    sharp = CrontabSchedule.objects.create(minute=0)
    PeriodicTask.objects.filter(name="purge").update(crontab=sharp)

    again = LeaderScheduler(app=current_app, lazy=False)

    assert PeriodicTask.objects.get(name="purge").crontab == sharp
    assert "purge" in again.schedule


def test_a_beat_that_does_not_lead_sends_nothing(scheduler, monkeypatch):
    monkeypatch.setattr(Leadership, "held", lambda self: False)
    monkeypatch.setattr(
        "django_celery_beat.schedulers.DatabaseScheduler.tick", pytest.fail
    )

    assert scheduler.tick() == 5


@pytest.mark.usefixtures("postgresql")
def test_one_leads_until_it_ends():
    first, second = Leadership(), Leadership()
    try:
        assert first.held() and first.held()
        assert not second.held()

        first.release()

        assert second.held()
        assert not first.held()
    finally:
        first.release()
        second.release()
