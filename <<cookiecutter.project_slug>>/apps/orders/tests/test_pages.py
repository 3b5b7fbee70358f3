"""All orders page by page: who sees which, in which order, at what cost."""

import pytest

from apps.catalog.tests.factories import ProductFactory
from apps.orders.models import Order, OrderStatus
from apps.orders.selectors import order_lines_extent, order_pages

from .factories import OrderFactory, OrderLineFactory

pytestmark = pytest.mark.django_db


def references(pages) -> list:
    return [row["reference"] for page in pages for row in page]


def last() -> int:
    return Order.objects.latest("pk").pk


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_every_order_once_the_oldest_first(manager, size):
    orders = OrderFactory.create_batch(6)

    pages = list(order_pages(user=manager, until=last(), size=size))

    assert references(pages) == [order.reference for order in orders]
    assert all(len(page) <= size for page in pages)


def test_a_customer_gets_none_but_their_own(user):
    OrderLineFactory()
    own = OrderLineFactory(order=OrderFactory(customer=user)).order
    other = OrderLineFactory().order

    assert references(order_pages(user=user, until=last())) == [own.reference]
    assert order_lines_extent(user=user) == (1, own.pk)
    assert other.pk > own.pk


def test_narrowed_by_status(manager):
    OrderLineFactory.create_batch(2)
    paid = OrderFactory(status=OrderStatus.PAID)
    OrderLineFactory.create_batch(3, order=paid)

    pages = order_pages(user=manager, until=last(), status=OrderStatus.PAID)

    assert references(pages) == [paid.reference]
    assert order_lines_extent(user=manager, status=OrderStatus.PAID) == (3, paid.pk)
    assert order_lines_extent(user=manager, status=OrderStatus.SHIPPED) == (0, 0)


def test_orders_that_come_meanwhile_are_left_out(manager):
    first = OrderFactory()
    until = last()
    OrderFactory()

    assert references(order_pages(user=manager, until=until)) == [first.reference]


@pytest.mark.parametrize("rows", [2, 10, 50])
def test_a_page_costs_two_queries(manager, django_assert_num_queries, rows):
    thing = ProductFactory()
    for order in OrderFactory.create_batch(rows):
        OrderLineFactory(order=order, product=thing)
    # Who the caller is costs a query, once.
    manager.has_role("manager")

    pages = order_pages(user=manager, until=last(), size=rows)
    with django_assert_num_queries(2):
        page = next(pages)
    assert len(page) == rows
    with django_assert_num_queries(1):
        assert next(pages, None) is None


def test_pages_skip_no_rows_in_the_database(manager, django_assert_max_num_queries):
    OrderFactory.create_batch(4)

    with django_assert_max_num_queries(20) as captured:
        list(order_pages(user=manager, until=last(), size=2))

    assert captured.captured_queries
    assert not [row for row in captured.captured_queries if "OFFSET" in row["sql"]]
