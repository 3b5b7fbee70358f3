"""The sales report: numbers worked out by hand, the same on both databases."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
import time_machine

from apps.catalog.tests.factories import ProductFactory
from apps.orders.reports import sales_by_month

from .factories import OrderFactory, OrderLineFactory

URL = "/api/v1/reports/sales/"
YEAR = {
    "since": datetime(2026, 1, 1, tzinfo=UTC),
    "until": datetime(2027, 1, 1, tzinfo=UTC),
}

pytestmark = pytest.mark.django_db


def sell(day: str, *lines: tuple[int, str], **values) -> None:
    """Put an order of these quantities and prices into the books of a day."""
    placed = datetime.fromisoformat(day).replace(tzinfo=UTC)
    order = OrderFactory(created_at=placed, **values)
    for quantity, price in lines:
        OrderLineFactory(order=order, quantity=quantity, unit_price=Decimal(price))


@pytest.fixture
def books():
    sell("2026-01-05", (2, "10.10"), (1, "0.05"))  # 20.25
    sell("2026-01-31T23:59:59.999999", (3, "33.33"), status="delivered")  # 99.99
    sell("2026-02-01", (1, "1000.00"), status="paid")
    sell("2026-02-10", (7, "50.00"), status="cancelled")
    sell("2026-02-11", (1, "8.00"), currency="KES")
    sell("2026-04-30", (10, "0.10"), status="shipped")  # 1.00
    sell("2026-05-01", (1, "5.00"), currency="KES")


def row(month, currency, orders, items, revenue, running_total) -> dict:
    return {
        "month": month,
        "currency": currency,
        "orders": orders,
        "items": items,
        "revenue": revenue,
        "running_total": running_total,
    }


def test_months_currencies_and_running_totals(books):
    assert sales_by_month(**YEAR) == [
        row("2026-01", "USD", 2, 6, "120.24", "120.24"),
        row("2026-02", "KES", 1, 1, "8.00", "8.00"),
        row("2026-02", "USD", 1, 1, "1000.00", "1120.24"),
        row("2026-04", "USD", 1, 10, "1.00", "1121.24"),
        row("2026-05", "KES", 1, 1, "5.00", "13.00"),
    ]


def test_since_counts_and_until_does_not(books):
    february = datetime(2026, 2, 1, tzinfo=UTC)
    april = datetime(2026, 4, 30, tzinfo=UTC)

    assert sales_by_month(since=february, until=april) == [
        row("2026-02", "KES", 1, 1, "8.00", "8.00"),
        row("2026-02", "USD", 1, 1, "1000.00", "1000.00"),
    ]


def test_months_are_those_of_utc(settings):
    settings.TIME_ZONE = "Africa/Nairobi"
    sell("2026-01-31T23:30:00", (1, "1.00"))

    assert [row["month"] for row in sales_by_month(**YEAR)] == ["2026-01"]


def test_money_is_exact_however_much_it_is():
    thing = ProductFactory()
    for _ in range(30):
        order = OrderFactory(created_at=YEAR["since"])
        OrderLineFactory(
            order=order,
            product=thing,
            quantity=1000,
            unit_price=Decimal("9999999.99"),
        )

    [month] = sales_by_month(**YEAR)

    assert month["revenue"] == month["running_total"] == "299999999700.00"


def test_empty_books():
    assert sales_by_month(**YEAR) == []


def test_over_rest(auth_client, manager, books):
    shown = auth_client(manager).get(f"{URL}?since=2026-04-30&until=2026-05-01")

    assert shown.status_code == 200
    assert shown.json() == [row("2026-04", "USD", 1, 10, "1.00", "1.00")]


@pytest.mark.parametrize(
    ("query", "months"),
    [
        ("", ["2026-01", "2026-02", "2026-04"]),
        ("since=2026-02-01", ["2026-02", "2026-04"]),
        ("until=2026-04-30", ["2025-04", "2026-01", "2026-02"]),
        ("until=0001-01-02", []),
        (
            "since=0001-01-01&until=9999-12-31",
            ["2024-12", "2025-04", "2026-01", "2026-02", "2026-04"],
        ),
    ],
)
def test_the_last_twelve_months_unless_told(auth_client, manager, query, months):
    for day in ("2024-12-31", "2025-04-01", "2026-01-01", "2026-02-28", "2026-04-30"):
        sell(day, (1, "1.00"))
    with time_machine.travel("2026-04-30T12:00:00Z"):
        shown = auth_client(manager).get(f"{URL}?{query}").json()

    # April 2025 is more than a year ago on 30 April 2026.
    expected = [month for month in months if query or month != "2025-04"]
    assert [row["month"] for row in shown] == expected


@pytest.mark.parametrize(
    ("query", "attr"),
    [
        ("since=yesterday", "since"),
        ("until=2026-02-30", "until"),
        ("until=2026-01-01&since=2026-01-01", "until"),
        ("until=0001-01-01", "until"),
        ("sinse=2026-01-01", "sinse"),
    ],
)
def test_what_makes_no_sense_is_named(auth_client, manager, query, attr):
    response = auth_client(manager).get(f"{URL}?{query}")

    assert response.status_code == 400
    assert {error["attr"] for error in response.json()["errors"]} == {attr}


def test_its_cost_does_not_grow_with_the_rows(
    auth_client, manager, django_assert_num_queries
):
    for month in range(1, 9):
        sell(f"2026-{month:02}-01", (1, "1.00"), (1, "2.00"))
    client = auth_client(manager)

    # Session with user and role; the report.
    with django_assert_num_queries(2):
        assert len(client.get(f"{URL}?since=2026-01-01").json()) == 8
