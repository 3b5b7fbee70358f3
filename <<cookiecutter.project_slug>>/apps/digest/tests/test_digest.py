"""The daily digest: to whom, once, and about which hours."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings as django_settings
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.accounts.selectors import staff_list
from apps.accounts.services import user_role_set
from apps.accounts.tests.factories import UserFactory
from apps.digest import services, tasks
from apps.digest.days import day_bounds

DAY = "2026-11-23"
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
LONG_AGO = {
    "created_at": datetime(2020, 1, 1, tzinfo=UTC),
    "email_verified_at": datetime(2020, 1, 1, tzinfo=UTC),
}

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader():
    return UserFactory(is_superuser=True, **LONG_AGO)


@pytest.fixture
def record(django_capture_on_commit_callbacks):
    """Return a function: promise the digests, and commit."""

    def recorded(**arguments) -> int:
        with django_capture_on_commit_callbacks(execute=True):
            return services.digests_record(**arguments)

    return recorded


def said(mailoutbox, reader, day: str = DAY) -> list[str]:
    """Return the lines of the digest of a day."""
    services.digest_email_send(reader_id=str(reader.pk), day=day)
    return [line.strip() for line in mailoutbox[-1].body.splitlines()]


def with_role(role: str, **values):
    user = UserFactory(**values)
    user_role_set(user=user, role=role)
    return user


def test_managers_and_administrators_read_it(user, manager, admin, reader):
    with_role("manager", is_active=False)
    with_role("admin", email_verified_at=None)
    UserFactory(is_superuser=True, is_active=False)
    # Two roles and a superuser: still one reader.
    admin.groups.add(Group.objects.get(name="manager"))
    admin.is_superuser = True
    admin.save()

    assert sorted(staff_list(), key=str) == sorted([manager, admin, reader], key=str)


def test_each_reader_gets_it_once(record, manager, admin, user, mailoutbox):
    assert record(day=DAY) == 2
    assert record(day=DAY) == 2

    assert sorted(message.to[0] for message in mailoutbox) == sorted(
        [manager.email, admin.email]
    )


def test_a_reader_who_came_later_gets_it_too(record, manager, mailoutbox):
    record(day=DAY)
    late = with_role("manager")

    record(day=DAY)

    assert [message.to[0] for message in mailoutbox] == [manager.email, late.email]


def test_each_day_has_its_own(record, manager, mailoutbox):
    record(day="2026-11-22")
    record(day=DAY)

    assert [message.subject for message in mailoutbox] == [
        "What happened on 2026-11-22",
        "What happened on 2026-11-23",
    ]


@pytest.mark.parametrize(
    ("zone", "now", "day"),
    [
        ("UTC", "2026-11-24T07:00:00Z", "2026-11-23"),
        ("Pacific/Auckland", "2026-11-23T18:00:00Z", "2026-11-23"),
        ("America/New_York", "2026-11-24T02:00:00Z", "2026-11-22"),
    ],
)
def test_it_is_about_yesterday_in_the_projects_time_zone(
    record, settings, manager, mailoutbox, zone, now, day
):
    settings.TIME_ZONE = zone
    with time_machine.travel(now):
        record()

    assert [message.subject for message in mailoutbox] == [f"What happened on {day}"]


def test_a_day_that_is_none(record, manager):
    with pytest.raises(ValueError, match="yesterday"):
        record(day="yesterday")


@pytest.mark.parametrize(
    ("day", "hours"), [("2026-03-29", 23), ("2026-10-25", 25), (DAY, 24)]
)
def test_days_are_as_long_as_the_clocks_say(settings, day, hours):
    settings.TIME_ZONE = "Europe/Berlin"

    since, until = day_bounds(date.fromisoformat(day))

    assert (until.astimezone(UTC) - since.astimezone(UTC)).total_seconds() == (
        hours * 3600
    )
    assert (since.hour, until.hour) == (0, 0)


def test_new_and_verified_users_of_that_day(settings, mailoutbox, reader):
    settings.TIME_ZONE = "Africa/Nairobi"
    zone = ZoneInfo("Africa/Nairobi")
    first = datetime(2026, 11, 23, tzinfo=zone)
    last = datetime(2026, 11, 23, 23, 59, 59, 999_999, tzinfo=zone)
    next_day = datetime(2026, 11, 24, tzinfo=zone)
    for created, verified in (
        (first, None),
        (last, last),
        (next_day, next_day),
        (LONG_AGO["created_at"], first),
    ):
        UserFactory(created_at=created, email_verified_at=verified)

    lines = said(mailoutbox, reader)

    assert "New: 2" in lines
    assert "Addresses verified: 2" in lines


def test_work_that_was_given_up(monkeypatch, mailoutbox, reader):
    monkeypatch.setattr("apps.digest.selectors.failed_count", lambda: 7)

    assert "Given up, waiting for a decision: 7" in said(mailoutbox, reader)


def test_text_and_html_say_the_same(mailoutbox, reader):
    UserFactory.create_batch(3, created_at=NOON)
    text = said(mailoutbox, reader)

    [message] = mailoutbox
    [(html, kind)] = message.alternatives
    assert (message.to, kind) == ([reader.email], "text/html")
    rows = [line.partition(": ")[::2] for line in text if ": " in line]
    assert ("New", "3") in rows
    for label, value in rows:
        assert f">{label}</td>" in html
        assert f">{value}</td>" in html


def test_who_reads_it_no_more_gets_none(record, manager, mailoutbox):
    user_role_set(user=manager, role="member")

    services.digest_email_send(reader_id=str(manager.pk), day=DAY)

    assert not mailoutbox


# % if cookiecutter.use_example
def test_orders_and_revenue_of_that_day(mailoutbox, reader):
    from apps.orders.tests.factories import OrderFactory, OrderLineFactory

    def sell(price: str, placed: datetime = NOON, **values) -> None:
        order = OrderFactory(created_at=placed, **values)
        for quantity in (1, 2):
            OrderLineFactory(order=order, unit_price=price, quantity=quantity)

    assert "Sold: nothing" in said(mailoutbox, reader)
    sell("10.10")
    sell("0.05")
    sell("5.00", currency="KES")
    sell("7.00", status="cancelled")
    sell("7.00", datetime(2026, 11, 24, tzinfo=UTC))
    sell("7.00", datetime(2026, 11, 22, 23, 59, 59, tzinfo=UTC))

    sold = [line for line in said(mailoutbox, reader) if line.startswith("Sold")]

    assert sold == ["Sold in KES: 15.00, orders: 1", "Sold in USD: 30.45, orders: 2"]


# % endif
def test_its_cost_does_not_grow_with_the_rows(reader):
    counts = []
    for more in (1, 20):
        UserFactory.create_batch(more, created_at=NOON)
        with CaptureQueriesContext(connection) as queries:
            services.digest_email_send(reader_id=str(reader.pk), day=DAY)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_the_tasks_and_their_schedule(mailoutbox, reader):
    scheduled = [
        entry["task"] for entry in django_settings.CELERY_BEAT_SCHEDULE.values()
    ]

    assert tasks.digests_record.name in scheduled
    assert tasks.digest_email_send.name == "digest.digest_email_send"
    tasks.digest_email_send.delay(reader_id=str(reader.pk), day=DAY)
    assert [message.to for message in mailoutbox] == [[reader.email]]
