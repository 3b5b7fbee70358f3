"""Placing, moving and cancelling: stock, money and keys agree, or nothing happens."""

from decimal import Decimal
from uuid import uuid4

import pytest

from apps.catalog.models import Product
from apps.catalog.services import product_update
from apps.catalog.tests.factories import ProductFactory
from apps.core.errors import Conflict, InvalidInput, NotFound
from apps.orders.models import Order
from apps.orders.services import order_cancel, order_place, order_status_set

from .factories import OrderFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def lamp():
    return ProductFactory(name="Lamp", price=Decimal("25.50"), stock=5)


@pytest.fixture
def desk():
    return ProductFactory(name="Desk", price=Decimal("99.99"), stock=2)


def place(customer, key: str | None = None, **quantities: int) -> Order:
    order, placed = order_place(
        customer=customer, quantities=quantities, idempotency_key=key
    )
    assert placed
    return order


def stock() -> dict[str, int]:
    return dict(Product.objects.values_list("slug", "stock"))


def test_placing_takes_stock_and_keeps_the_price(user, lamp, desk):
    order = place(user, lamp=2, desk=1)
    product_update(slug="lamp", precondition=lambda: None, price=Decimal("1.00"))

    assert stock() == {"lamp": 3, "desk": 1}
    assert (order.status, order.currency) == ("pending", "USD")
    lines = order.lines.values_list("product__slug", "quantity", "unit_price")
    assert list(lines) == [("lamp", 2, Decimal("25.50")), ("desk", 1, Decimal("99.99"))]


@pytest.mark.parametrize(
    ("quantities", "error", "code"),
    [
        ({"lamp": 1, "desk": 3}, Conflict, "out_of_stock"),
        ({"lamp": 1, "none": 1}, InvalidInput, "invalid"),
        ({"lamp": 1, "hidden": 1}, InvalidInput, "invalid"),
        ({"lamp": 1, "euro": 1}, InvalidInput, "invalid"),
    ],
    ids=["out of stock", "unknown", "off the list", "two currencies"],
)
@pytest.mark.parametrize("key", [None, "k"])
def test_all_or_nothing(user, lamp, desk, quantities, error, code, key):
    ProductFactory(name="Hidden", is_active=False)
    ProductFactory(name="Euro", currency="EUR")
    before = stock()

    with pytest.raises(error) as raised:
        place(user, key, **quantities)

    assert raised.value.code == code
    assert stock() == before
    assert not Order.objects.exists()


def test_the_last_one_can_be_bought(user, desk):
    place(user, desk=2)

    assert stock() == {"desk": 0}


def test_the_same_key_gives_the_same_order(user, lamp, desk):
    order = place(user, "k", lamp=2, desk=1)

    again = order_place(
        customer=user, quantities={"desk": 1, "lamp": 2}, idempotency_key="k"
    )

    assert again == (order, False)
    assert stock() == {"lamp": 3, "desk": 1}


@pytest.mark.parametrize("other", [{"lamp": 2}, {"desk": 1}, {"lamp": 1, "desk": 1}])
def test_the_same_key_with_another_order_is_refused(user, lamp, desk, other):
    place(user, "k", lamp=1)

    with pytest.raises(Conflict) as raised:
        place(user, "k", **other)

    assert raised.value.code == "idempotency_key_reused"
    assert stock() == {"lamp": 4, "desk": 2}


def test_keys_belong_to_their_customer(user, manager, lamp):
    assert place(user, "k", lamp=1) != place(manager, "k", lamp=1)


def test_without_a_key_every_order_counts(user, lamp):
    assert place(user, lamp=1) != place(user, lamp=1)


def test_a_key_whose_order_failed_works_later(user, lamp):
    """What failed left nothing behind: the client may send it again as it was."""
    with pytest.raises(Conflict):
        place(user, "k", lamp=6)
    Product.objects.update(stock=6)

    assert place(user, "k", lamp=6).lines.get().quantity == 6
    assert stock() == {"lamp": 0}


@pytest.mark.parametrize("status", ["pending", "paid"])
def test_cancelling_returns_the_stock(user, lamp, desk, status):
    order = place(user, lamp=2, desk=2)
    Order.objects.update(status=status)

    cancelled = order_cancel(reference=order.reference, customer_id=user.pk)

    assert cancelled.status == "cancelled"
    assert stock() == {"lamp": 5, "desk": 2}


@pytest.mark.parametrize("status", ["shipped", "delivered", "cancelled"])
def test_what_is_under_way_is_not_cancelled(user, lamp, status):
    order = place(user, lamp=2)
    Order.objects.update(status=status)

    with pytest.raises(Conflict):
        order_cancel(reference=order.reference, customer_id=user.pk)

    assert stock() == {"lamp": 3}
    assert Order.objects.get().status == status


def test_a_manager_who_sets_cancelled_returns_the_stock_too(user, lamp):
    order = place(user, lamp=2)

    order_status_set(reference=order.reference, status="cancelled")

    assert stock() == {"lamp": 5}


def test_what_is_off_the_list_gets_its_stock_back(user, lamp):
    order = place(user, lamp=2)
    Product.objects.update(is_active=False)

    order_cancel(reference=order.reference, customer_id=user.pk)

    assert stock() == {"lamp": 5}


def test_a_stock_that_is_full_does_not_keep_an_order_alive(user, lamp):
    order = place(user, lamp=2)
    Product.objects.update(stock=1_000_000)

    assert order_cancel(reference=order.reference, customer_id=None)
    assert stock() == {"lamp": 1_000_000}


def test_moving_leaves_the_stock(user, lamp):
    order = place(user, lamp=2)

    for status in ("paid", "shipped", "delivered"):
        assert order_status_set(reference=order.reference, status=status)

    assert stock() == {"lamp": 3}


def test_what_is_not_there(user):
    stranger = OrderFactory()

    with pytest.raises(NotFound):
        order_cancel(reference=stranger.reference, customer_id=user.pk)
    with pytest.raises(NotFound):
        order_cancel(reference=uuid4(), customer_id=None)
    with pytest.raises(NotFound):
        order_status_set(reference=uuid4(), status="paid")
    assert Order.objects.get().status == "pending"
