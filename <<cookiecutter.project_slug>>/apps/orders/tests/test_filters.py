"""Narrowing the list of orders, and what it does not know."""

from datetime import UTC, datetime

import pytest

from .factories import OrderFactory

URL = "/api/v1/orders/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(auth_client, user):
    for month, status in ((1, "paid"), (2, "paid"), (3, "shipped")):
        placed = datetime(2026, month, 1, tzinfo=UTC)
        OrderFactory(customer=user, status=status, created_at=placed)
    return auth_client(user)


@pytest.mark.parametrize(
    ("query", "months"),
    [
        ({}, [3, 2, 1]),
        ({"status": "paid"}, [2, 1]),
        ({"status": "pending"}, []),
        ({"placed_after": "2026-02-01T00:00:00Z"}, [3, 2]),
        ({"placed_before": "2026-02-01T00:00:00Z"}, [1]),
        ({"placed_after": "2026-02-01T00:30:00+01:00"}, [3, 2]),
        ({"placed_after": "2026-02-01", "placed_before": "2026-03-01"}, [2]),
        ({"status": "paid", "page": "1"}, [2, 1]),
    ],
    ids=str,
)
def test_narrowing(client, query, months):
    listed = client.get(URL, query).json()["results"]

    assert [int(row["created_at"][5:7]) for row in listed] == months


@pytest.mark.parametrize(
    ("query", "attr"),
    [
        ("status=lost", "status"),
        ("placed_after=yesterday", "placed_after"),
        ("placed_before=2026-13-01", "placed_before"),
        ("placed_after=0001-01-01T00:00:00%2B23:59", "placed_after"),
        ("customer=1", "customer"),
        ("ordering=total", "ordering"),
        ("page=9", "page"),
        ("page_size=1000000000", "page_size"),
        ("cursor=forged", "cursor"),
    ],
)
def test_what_makes_no_sense_is_named(client, query, attr):
    response = client.get(f"{URL}?{query}")

    assert response.status_code == 400
    assert {error["attr"] for error in response.json()["errors"]} == {attr}


def test_cursors_reach_every_order_once(client):
    url, seen = f"{URL}?page_size=2", []
    while url:
        page = client.get(url).json()
        seen += [row["reference"] for row in page["results"]]
        url = page["next"]

    assert len(seen) == len(set(seen)) == 3
