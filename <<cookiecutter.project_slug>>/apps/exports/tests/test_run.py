"""The long part: what is in the file, and what becomes of it when things go wrong."""

import csv
from datetime import UTC, datetime
from decimal import Decimal
from io import StringIO

import pytest
from django.core.files.storage import storages
from django.db import OperationalError

from apps.accounts.tests.factories import UserFactory
from apps.catalog.tests.factories import ProductFactory
from apps.core.errors import TemporaryFailure
from apps.core.files import private_storage
from apps.exports import services
from apps.exports.models import Export, ExportStatus
from apps.exports.services import run as running
from apps.exports.sheets import HEADER
from apps.orders.models import Order
from apps.orders.tests.factories import OrderFactory, OrderLineFactory

from .factories import ExportFactory, file_stored

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """What no `except Exception` sees, like a process that ends."""


@pytest.fixture
def lamp():
    return ProductFactory(name="Lamp")


@pytest.fixture
def orders(user, lamp):
    """Six orders of one line each, which make three pages."""
    found = OrderFactory.create_batch(6, customer=user)
    for order in found:
        OrderLineFactory(order=order, product=lamp)
    return found


@pytest.fixture
def small_pages(monkeypatch):
    pages = running.order_pages
    monkeypatch.setattr(running, "order_pages", lambda **which: pages(size=2, **which))


@pytest.fixture
def after_a_page(monkeypatch, small_pages):
    """Return a function: have this called once, when the first page has been read."""

    def install(call):
        pages, calls = running.order_pages, [call]

        def interrupted(**which):
            for number, page in enumerate(pages(**which)):
                if number == 1 and calls:
                    calls.pop()()
                yield page

        monkeypatch.setattr(running, "order_pages", interrupted)

    return install


def kill():
    raise Killed


def pending(owner, **filters) -> Export:
    return ExportFactory(owner=owner, status="pending", filters=filters)


def run(export: Export) -> Export:
    services.export_run(export_id=str(export.pk))
    export.refresh_from_db()
    return export


def content(export: Export) -> str:
    with export.file.open() as file:
        return file.read().decode("utf-8")


def rows(export: Export) -> list[dict]:
    return list(csv.DictReader(StringIO(content(export), newline="")))


def files() -> set[str]:
    if not private_storage().exists("exports"):
        return set()
    return {f"exports/{name}" for name in private_storage().listdir("exports")[1]}


def test_one_row_a_line(user, lamp):
    moment = datetime(2026, 11, 24, 10, 0, 30, tzinfo=UTC)
    order = OrderFactory(customer=user, status="paid", created_at=moment)
    OrderLineFactory(order=order, product=lamp, quantity=3, unit_price=Decimal("2.50"))
    OrderLineFactory(order=order, product=ProductFactory(name="Größe, 中"))

    export = run(pending(user))
    first, second = rows(export)

    assert tuple(first) == HEADER
    assert first == {
        "reference": str(order.reference),
        "created_at": "2026-11-24T10:00:30Z",
        "status": "paid",
        "customer": user.email,
        "product": "Lamp",
        "quantity": "3",
        "unit_price": "2.50",
        "amount": "7.50",
        "currency": "USD",
    }
    assert second["product"] == "Größe, 中"
    assert (export.status, export.rows_done, export.rows_total) == ("done", 2, 2)
    assert export.finished_at is not None


def test_no_orders_make_a_file_with_a_header(user):
    export = run(pending(user))

    assert export.status == ExportStatus.DONE
    assert content(export) == ",".join(HEADER) + "\r\n"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_a_cell_is_no_formula(manager, start):
    order = OrderFactory(customer=UserFactory(email="=1+1@example.com"))
    evil = ProductFactory(name=f"{start}HYPERLINK(1)", slug="evil")
    OrderLineFactory(order=order, product=evil)

    [row] = rows(run(pending(manager)))

    assert row["product"] == f"'{evil.name}"
    assert row["customer"] == "'=1+1@example.com"


def test_who_gets_which_orders(user, manager, orders):
    other = OrderLineFactory().order

    own = {row["reference"] for row in rows(run(pending(user)))}
    every = {row["reference"] for row in rows(run(pending(manager)))}

    assert own == {str(order.reference) for order in orders}
    assert every == own | {str(other.reference)}


def test_filters(user, orders):
    Order.objects.filter(pk=orders[2].pk).update(status="paid")

    [row] = rows(run(pending(user, status="paid")))

    assert row["reference"] == str(orders[2].reference)


def test_progress_is_there_to_be_seen_after_each_page(user, orders, after_a_page):
    export, seen = pending(user), []

    def look():
        export.refresh_from_db()
        seen.append((export.status, export.rows_done, export.rows_total))

    after_a_page(look)
    run(export)

    assert seen == [("running", 2, 6)]


def test_a_cancelled_run_stops_at_the_next_page(user, orders, after_a_page):
    export, before = pending(user), files()
    after_a_page(lambda: services.export_cancel(export_id=export.pk, owner=user))

    run(export)

    assert (export.status, export.rows_done) == ("cancelled", 2)
    assert files() == before


def test_a_cancellation_while_the_file_is_stored_wins(user, orders, monkeypatch):
    export, before, save = pending(user), files(), private_storage().save

    def slow_save(name, content):
        services.export_cancel(export_id=export.pk, owner=user)
        return save(name, content)

    monkeypatch.setattr(storages["private"], "save", slow_save)
    run(export)

    assert export.status == ExportStatus.CANCELLED
    assert files() == before


def test_a_killed_run_starts_over(user, orders, after_a_page):
    export = pending(user)
    after_a_page(kill)
    with pytest.raises(Killed):
        run(export)
    export.refresh_from_db()
    assert (export.status, export.rows_done) == ("running", 2)

    run(export)

    assert (export.status, export.rows_done) == ("done", 6)
    assert len(rows(export)) == 6


def test_the_file_of_a_killed_run_goes(user, orders, monkeypatch):
    """Killed between storing it and saying so."""
    export, before, save = pending(user), files(), private_storage().save

    def save_and_die(name, content):
        save(name, content)
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(storages["private"], "save", save_and_die)
        with pytest.raises(Killed):
            run(export)
    partial = files() - before

    run(export)

    assert len(partial) == 1
    assert files() - before == {export.file.name}
    assert not files() & partial


def test_an_earlier_run_gives_way_to_a_later_one(user, orders, after_a_page):
    export, before = pending(user), files()
    after_a_page(lambda: services.export_run(export_id=str(export.pk)))

    run(export)

    assert (export.status, export.rows_done) == ("done", 6)
    assert files() - before == {export.file.name}


@pytest.mark.parametrize("status", ["done", "failed", "cancelled"])
def test_what_is_over_stays_as_it_is(user, status):
    export = ExportFactory(owner=user, status=status, file=file_stored(b"old"))
    before = files()

    run(export)

    assert (export.status, content(export)) == (status, "old")
    assert files() == before


def test_what_is_gone_is_no_error(user):
    export = pending(user)
    Export.objects.all().delete()

    services.export_run(export_id=str(export.pk))

    assert not Export.objects.exists()


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (TemporaryFailure(), "running"),
        (ConnectionResetError(), "running"),
        (OperationalError(), "running"),
        (PermissionError("/secret/path"), "failed"),
        (ZeroDivisionError(), "failed"),
    ],
)
def test_errors(user, orders, after_a_page, error, status):
    def fail():
        raise error

    export = pending(user)
    after_a_page(fail)
    with pytest.raises(type(error)):
        run(export)
    export.refresh_from_db()

    assert export.status == status
    assert export.error == ("" if status == "running" else services.exports.FAILED)
    assert (export.finished_at is None) == (status == "running")


def test_a_page_costs_the_same_however_long_the_export(
    user, lamp, small_pages, django_assert_num_queries
):
    # The export with its owner, groups, claim; the extent, its update; per page two
    # reads, and an update; the read that finds no more; the end.
    for count in (2, 10):
        for order in OrderFactory.create_batch(count, customer=user):
            OrderLineFactory(order=order, product=lamp)
        export = pending(user)
        pages = Order.objects.count() // 2
        with django_assert_num_queries(7 + 3 * pages):
            services.export_run(export_id=str(export.pk))
