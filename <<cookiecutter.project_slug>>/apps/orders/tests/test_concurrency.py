"""Many customers at once, on PostgreSQL: nothing sold twice, nobody stuck."""

from collections import Counter

import pytest

from apps.accounts.tests.factories import UserFactory, session_tokens
from apps.catalog.models import Product
from apps.catalog.tests.factories import ProductFactory
from apps.orders.models import Order, OrderLine

from .factories import OrderFactory, OrderLineFactory

URL = "/api/v1/orders/"

pytestmark = [
    pytest.mark.usefixtures("postgresql"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def buying(client):
    """Return a function: a call that places an order, and gives the response."""
    tokens = {}

    def call(user, *slugs: str, key: str | None = None):
        if user not in tokens:
            tokens[user] = session_tokens(user).access
        headers = {"Authorization": f"Bearer {tokens[user]}"}
        if key is not None:
            headers["Idempotency-Key"] = key
        lines = [{"product": slug, "quantity": 1} for slug in slugs]
        return lambda: client.post(
            URL, {"lines": lines}, content_type="application/json", headers=headers
        )

    return call


def statuses(responses) -> Counter:
    return Counter(response.status_code for response in responses)


def test_200_orders_for_50_items(at_once, buying):
    ProductFactory(name="Lamp", stock=50)
    customers = UserFactory.create_batch(10)

    responses = at_once([buying(customers[n % 10], "lamp") for n in range(200)])

    assert statuses(responses) == {201: 50, 409: 150}
    codes = {
        error["code"] for row in responses for error in row.json().get("errors", [])
    }
    assert codes == {"out_of_stock"}
    assert Product.objects.get().stock == 0
    assert Order.objects.count() == OrderLine.objects.count() == 50


def test_orders_for_the_same_products_in_opposite_order(at_once, buying):
    """Locks taken in the order of the lines would deadlock here."""
    slugs = [ProductFactory(stock=40).slug for _ in range(4)]
    customers = UserFactory.create_batch(4)

    responses = at_once(
        [buying(customers[n % 4], *(slugs, slugs[::-1])[n % 2]) for n in range(40)]
    )

    assert statuses(responses) == {201: 40}
    assert set(Product.objects.values_list("stock", flat=True)) == {0}


def test_one_key_at_the_same_moment_gives_one_order(at_once, buying, user):
    ProductFactory(name="Lamp", stock=50)

    responses = at_once([buying(user, "lamp", key="k")] * 8)

    assert statuses(responses) == {201: 1, 200: 7}
    assert len({response.json()["reference"] for response in responses}) == 1
    assert Product.objects.get().stock == 49


def test_one_key_at_the_same_moment_for_other_orders(at_once, buying, user):
    ProductFactory(name="Lamp")
    ProductFactory(name="Desk")

    responses = at_once([buying(user, slug, key="k") for slug in ("lamp", "desk")])

    assert statuses(responses) == {201: 1, 409: 1}
    assert Order.objects.count() == 1


def test_an_order_is_cancelled_once(at_once, auth_client, user):
    order = OrderLineFactory(order__customer=user, product__stock=0, quantity=3).order
    client = auth_client(user)

    responses = at_once([lambda: client.post(f"{URL}{order.reference}/cancel/")] * 8)

    assert statuses(responses) == {200: 1, 409: 7}
    assert Product.objects.get().stock == 3


def test_an_order_is_cancelled_or_shipped(at_once, auth_client, user, manager):
    """Never both: goods on their way whose stock is for sale again."""
    thing = ProductFactory(stock=0)
    customer, shop = auth_client(user), auth_client(manager)
    orders = OrderFactory.create_batch(10, customer=user, status="paid")
    for order in orders:
        OrderLineFactory(order=order, product=thing)
    calls = [
        call
        for order in orders
        for call in (
            lambda url=f"{URL}{order.reference}/": customer.post(f"{url}cancel/"),
            lambda url=f"{URL}{order.reference}/": shop.post(
                f"{url}status/", {"status": "shipped"}
            ),
        )
    ]

    responses = at_once(calls)

    assert statuses(responses) == {200: 10, 409: 10}
    cancelled = Order.objects.filter(status="cancelled").count()
    assert Order.objects.filter(status="shipped").count() == 10 - cancelled
    assert Product.objects.get().stock == cancelled
