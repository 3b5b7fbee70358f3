"""Orders over REST: who sees which, what they look like, what they cost."""

from decimal import Decimal
from itertools import product
from uuid import UUID

import pytest

from apps.accounts.tests.factories import UserFactory
from apps.catalog.models import Product
from apps.catalog.tests.factories import ProductFactory
from apps.orders.models import Order, OrderStatus

from .factories import OrderFactory, OrderLineFactory
from .test_statuses import LEGAL

URL = "/api/v1/orders/"
NOBODYS = f"{URL}{UUID(int=0)}/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(auth_client, user):
    return auth_client(user)


@pytest.fixture
def lamp():
    return ProductFactory(name="Lamp", price=Decimal("25.50"), stock=5)


def place(client, quantity: int = 1, key: str | None = None):
    lines = [{"product": "lamp", "quantity": quantity}]
    headers = {} if key is None else {"Idempotency-Key": key}
    return client.post(URL, {"lines": lines}, headers=headers)


def code(response) -> str:
    return response.json()["errors"][0]["code"]


def test_placing(client, user, lamp):
    made = place(client, 2)
    shown = made.json()

    assert made.status_code == 201
    assert shown["total"] == "51.00"
    assert (shown["status"], shown["currency"]) == ("pending", "USD")
    assert shown["customer"] == user.email
    assert shown["lines"] == [
        {
            "product": "lamp",
            "name": "Lamp",
            "quantity": 2,
            "unit_price": "25.50",
            "amount": "51.00",
        }
    ]
    assert client.get(f"{URL}{shown['reference']}/").json() == shown
    assert client.get(URL).json()["results"] == [shown]


def test_the_stock_that_is_left_is_in_the_next_read(client, api_client, lamp):
    api_client.get("/api/v1/products/lamp/")
    place(client, 2)

    assert api_client.get("/api/v1/products/lamp/").json()["stock"] == 3


def test_out_of_stock(client, lamp):
    refused = place(client, 6)

    assert (refused.status_code, code(refused)) == (409, "out_of_stock")
    assert not Order.objects.exists()


def test_a_retry_gets_the_order_that_there_is(client, lamp):
    first, second = place(client, 2, key="k"), place(client, 2, key="k")
    other = place(client, 3, key="k")

    assert [first.status_code, second.status_code] == [201, 200]
    assert first.json() == second.json()
    assert (other.status_code, code(other)) == (409, "idempotency_key_reused")
    assert Product.objects.get().stock == 3


def test_a_retry_after_a_failure_may_succeed(client, lamp):
    refused = place(client, 6, key="k")
    Product.objects.update(stock=6)

    assert [refused.status_code, place(client, 6, key="k").status_code] == [409, 201]


def test_spaces_around_a_key_do_not_count(client, lamp):
    """Some servers hand them on; they are no part of a header's value."""
    first, second = place(client, key="k"), place(client, key="k" + " " * 80)

    assert [first.status_code, second.status_code] == [201, 200]


@pytest.mark.parametrize("key", ["", " ", "x" * 65, "a b", "é"])
def test_a_key_that_is_none(client, lamp, key):
    refused = place(client, key=key)

    assert refused.status_code == 400
    assert refused.json()["errors"][0]["attr"] == "idempotency_key"


@pytest.mark.parametrize(
    ("method", "action"), [("get", ""), ("post", "cancel/"), ("post", "status/")]
)
def test_a_strangers_order_is_not_there(client, method, action):
    order = OrderFactory()

    response = getattr(client, method)(f"{URL}{order.reference}/{action}", {})

    # Whoever may move no order at all learns that instead.
    assert response.status_code == (403 if action == "status/" else 404)
    assert Order.objects.get().status == "pending"


@pytest.mark.parametrize("role", ["manager", "admin"])
def test_those_who_see_every_order(request, auth_client, role):
    order = OrderFactory()
    client = auth_client(request.getfixturevalue(role))

    [shown] = client.get(URL).json()["results"]

    assert shown["reference"] == str(order.reference)
    assert client.get(f"{URL}{order.reference}/").json() == shown


def test_a_customer_lists_none_but_their_own(client, user):
    OrderFactory.create_batch(2)
    own = OrderFactory(customer=user)

    listed = client.get(URL).json()["results"]

    assert [row["reference"] for row in listed] == [str(own.reference)]


@pytest.mark.parametrize("status", OrderStatus.values)
@pytest.mark.parametrize("role", ["user", "manager"])
def test_cancelling(request, auth_client, user, status, role):
    order = OrderFactory(customer=user, status=status)
    client = auth_client(request.getfixturevalue(role))

    response = client.post(f"{URL}{order.reference}/cancel/")

    if (status, "cancelled") in LEGAL:
        assert (response.status_code, response.json()["status"]) == (200, "cancelled")
    else:
        assert (response.status_code, code(response)) == (409, "illegal_transition")


@pytest.mark.parametrize(
    ("present", "wanted"), list(product(OrderStatus.values, repeat=2))
)
def test_moving(auth_client, manager, present, wanted):
    order = OrderFactory(status=present)

    response = auth_client(manager).post(
        f"{URL}{order.reference}/status/", {"status": wanted}
    )
    order.refresh_from_db()

    legal = (present, wanted) in LEGAL
    assert response.status_code == (200 if legal else 409)
    assert order.status == (wanted if legal else present)


@pytest.mark.parametrize("action", ["", "cancel/", "status/"])
def test_nothing_there(auth_client, manager, action):
    client = auth_client(manager)
    call = client.post if action else client.get

    assert call(f"{NOBODYS}{action}", {"status": "paid"}).status_code == 404


@pytest.mark.parametrize("rows", [2, 10, 50])
def test_query_count_does_not_grow_with_the_rows(
    auth_client, manager, django_assert_num_queries, rows
):
    thing = ProductFactory()
    for order in OrderFactory.create_batch(rows, customer=UserFactory()):
        OrderLineFactory(order=order, product=thing)
    client = auth_client(manager)

    # Session with user and role; the page; the page's lines.
    with django_assert_num_queries(3):
        listed = client.get(f"{URL}?page_size=100").json()["results"]
    assert len(listed) == rows
    assert {row["total"] for row in listed} == {"10.00"}


def test_an_order_without_lines_costs_nothing(auth_client, manager):
    order = OrderFactory()

    assert auth_client(manager).get(f"{URL}{order.reference}/").json()["total"] == (
        "0.00"
    )
