"""GraphQL: orders are placed, shown and moved as through REST."""

import pytest
from graphql_relay import to_global_id

from apps.catalog.tests.factories import ProductFactory
from apps.orders.models import Order
from apps.orders.tests.factories import OrderFactory, OrderLineFactory

pytestmark = pytest.mark.django_db

ORDER = """order { reference status currency total customer
    lines { slug name quantity unitPrice amount product { slug } } }"""


def do(client, mutation: str, shown: str = ORDER, **given) -> dict:
    kind = f"{mutation[0].upper()}{mutation[1:]}Input!"
    query = f"""mutation ($input: {kind}) {{
        {mutation}(input: $input) {{ {shown} errors {{ code fields {{ name }} }} }}
    }}"""
    message = {"query": query, "variables": {"input": given}}
    answer = client.post("/graphql", message).json()
    assert "errors" not in answer, answer
    return answer["data"][mutation]


def orders(client, arguments: str = "first: 9") -> list[str]:
    query = f"{{ orders({arguments}) {{ edges {{ node {{ reference }} }} }} }}"
    answer = client.post("/graphql", {"query": query}).json()
    edges = answer["data"]["orders"]["edges"]
    return [edge["node"]["reference"] for edge in edges]


def test_an_order_is_what_rest_shows(auth_client, user):
    ProductFactory(slug="lamp", name="Lamp", price="10.10", currency="EUR", stock=9)
    client = auth_client(user)

    lines = [{"product": "lamp", "quantity": 2}]
    shown = do(client, "placeOrder", lines=lines)["order"]

    rest = client.get(f"/api/v1/orders/{shown['reference']}/").json()
    assert shown == {
        "reference": rest["reference"],
        "status": "PENDING",
        "currency": "EUR",
        "total": "20.20",
        "customer": user.email,
        "lines": [
            {
                "slug": "lamp",
                "name": "Lamp",
                "quantity": 2,
                "unitPrice": "10.10",
                "amount": "20.20",
                "product": {"slug": "lamp"},
            }
        ],
    }


def test_the_same_key_places_one_order(auth_client, user):
    ProductFactory(slug="lamp", stock=9)
    client = auth_client(user)
    given = {
        "lines": [{"product": "lamp", "quantity": 2}],
        "idempotencyKey": "once",
    }

    placed = [do(client, "placeOrder", "placed", **given)["placed"] for _ in range(2)]

    assert placed == [True, False]
    assert Order.objects.count() == 1
    given["lines"][0]["quantity"] = 3
    [error] = do(client, "placeOrder", "placed", **given)["errors"]
    assert error["code"] == "idempotency_key_reused"
    [error] = do(client, "placeOrder", **{**given, "idempotencyKey": "a b"})["errors"]
    assert error == {"code": "invalid", "fields": [{"name": "idempotencyKey"}]}


@pytest.mark.parametrize(
    ("lines", "code", "field"),
    [
        ([], "empty", "lines"),
        ([{"product": "lamp", "quantity": 0}], "min_value", "lines.0.quantity"),
        ([{"product": "lamp", "quantity": 1}] * 2, "invalid", "lines"),
        ([{"product": "nothing", "quantity": 1}], "invalid", "lines"),
    ],
)
def test_an_order_that_makes_no_sense(auth_client, user, lines, code, field):
    ProductFactory(slug="lamp", stock=9)

    [error] = do(auth_client(user), "placeOrder", lines=lines)["errors"]

    assert error == {"code": code, "fields": [{"name": field}]}


def test_cancelled_once(auth_client, user):
    order = OrderFactory(customer=user)
    OrderLineFactory(order=order)
    client, order_id = auth_client(user), to_global_id("Order", str(order.reference))

    assert do(client, "cancelOrder", id=order_id)["order"]["status"] == "CANCELLED"
    [error] = do(client, "cancelOrder", id=order_id)["errors"]
    assert error["code"] == "illegal_transition"


def test_a_manager_moves_it_on(auth_client, user, manager):
    order_id = to_global_id("Order", str(OrderFactory(customer=user).reference))

    moved = do(auth_client(manager), "setOrderStatus", id=order_id, status="PAID")
    assert moved["order"]["status"] == "PAID"
    [error] = do(auth_client(user), "setOrderStatus", id=order_id, status="SHIPPED")[
        "errors"
    ]
    assert error["code"] == "permission_denied"


def test_whose_orders(auth_client, user, manager):
    own, other = OrderFactory(customer=user), OrderFactory(status="paid")

    assert orders(auth_client(user)) == [str(own.reference)]
    assert orders(auth_client(manager)) == [str(other.reference), str(own.reference)]
    assert orders(auth_client(manager), "status: PAID") == [str(other.reference)]
    assert orders(auth_client(user), 'placedAfter: "2100-01-01T00:00:00Z"') == []


def test_sales(auth_client, manager):
    OrderLineFactory(order=OrderFactory(status="paid", currency="EUR"), quantity=2)
    query = "{ salesReport { month currency orders items revenue runningTotal } }"

    client = auth_client(manager)
    rows = client.post("/graphql", {"query": query}).json()["data"]["salesReport"]

    [rest] = client.get("/api/v1/reports/sales/").json()
    rest["runningTotal"] = rest.pop("running_total")
    assert rows == [rest]
