"""What the database itself refuses, whoever writes to it."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from apps.orders.models import Order, OrderLine

from .factories import OrderFactory, OrderLineFactory

pytestmark = pytest.mark.django_db


def refused(write) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        write()


@pytest.mark.parametrize("values", [{"status": "lost"}, {"currency": "XXX"}], ids=str)
def test_an_order_out_of_bounds(values):
    order = OrderFactory()

    refused(lambda: Order.objects.filter(pk=order.pk).update(**values))


@pytest.mark.parametrize(
    "values",
    [
        {"quantity": 0},
        {"quantity": -1},
        {"quantity": 1001},
        {"unit_price": "0"},
        {"unit_price": "-1"},
    ],
    ids=str,
)
def test_a_line_out_of_bounds(values):
    line = OrderLineFactory()

    refused(lambda: OrderLine.objects.filter(pk=line.pk).update(**values))


def test_one_order_a_customer_and_key():
    order = OrderFactory(idempotency_key="k")

    refused(lambda: OrderFactory(customer=order.customer, idempotency_key="k"))
    OrderFactory(idempotency_key="k")
    OrderFactory(customer=order.customer)
    OrderFactory(customer=order.customer)


def test_one_line_a_product():
    line = OrderLineFactory()

    refused(lambda: OrderLineFactory(order=line.order, product=line.product))


def test_references_are_unique():
    reference = OrderFactory().reference

    refused(lambda: OrderFactory(reference=reference))


def test_books_of_account_outlive_customers_and_products():
    line = OrderLineFactory()

    for thing in (line.order.customer, line.product):
        with pytest.raises(ProtectedError):
            thing.delete()


def test_everything_has_a_name():
    line = OrderLineFactory(quantity=2)

    assert str(line.order) == str(line.order.reference)
    assert str(line) == f"2 x {line.product_id}"
