"""What an order may look like when it comes in, and that it goes out as declared."""

import pytest

from apps.catalog.tests.factories import ProductFactory
from apps.orders.api.serializers import OrderLineOutput, OrderOutput, SalesOutput
from apps.orders.models import Order

from .factories import OrderFactory, OrderLineFactory

URL = "/api/v1/orders/"
LINE = {"product": "lamp", "quantity": 1}

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("lines", "attr"),
    [
        (None, "lines"),
        ([], "lines"),
        ("lamp", "lines"),
        ({"product": "lamp"}, "lines"),
        ([LINE, LINE], "lines"),
        ([LINE] * 101, "lines"),
        ([LINE] * 10_000, "lines"),
        ([{**LINE, "product": "none"}], "lines"),
        (["lamp"], "lines.0"),
        ([LINE, {"product": "desk"}], "lines.1.quantity"),
        ([{"quantity": 1}], "lines.0.product"),
        ([{**LINE, "product": "No Slug"}], "lines.0.product"),
        ([{**LINE, "product": "x" * 211}], "lines.0.product"),
        ([{**LINE, "product": "a\0b"}], "lines.0.product"),
        ([{**LINE, "product": 1.5}], "lines.0.product"),
        *(
            ([{**LINE, "quantity": quantity}], "lines.0.quantity")
            for quantity in (0, -1, 1001, 2**63, 1.5, "many", None, [], True, "1e3")
        ),
    ],
    ids=lambda value: str(value)[:60],
)
def test_a_bad_order_is_named(auth_client, user, lines, attr):
    ProductFactory(name="Lamp", stock=5)

    response = auth_client(user).post(URL, {"lines": lines})

    assert response.status_code == 400, response.json()
    attrs = {
        error["attr"].partition(".non_field")[0] for error in response.json()["errors"]
    }
    assert attrs == {attr}
    assert not Order.objects.exists()


@pytest.mark.parametrize("status", ["lost", "", None, 1, [], "PAID"])
def test_a_bad_status_is_named(auth_client, manager, status):
    order = OrderFactory()

    response = auth_client(manager).post(
        f"{URL}{order.reference}/status/", {"status": status}
    )

    assert response.status_code == 400
    assert response.json()["errors"][0]["attr"] == "status"


def test_rows_hold_what_the_schema_declares(auth_client, manager):
    OrderLineFactory()
    client = auth_client(manager)

    [order] = client.get(URL).json()["results"]
    [month] = client.get("/api/v1/reports/sales/").json()

    assert set(order) == set(OrderOutput().fields)
    assert set(order["lines"][0]) == set(OrderLineOutput().fields)
    assert set(month) == set(SalesOutput().fields)
