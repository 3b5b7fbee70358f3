"""Orders in the admin: to look at, and nothing else."""

import pytest
from django.urls import reverse

from .factories import OrderLineFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client, manager):
    client.force_login(manager, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize("query", ["", "?q=user"])
def test_the_list_costs_the_same_however_long_it_is(assert_rows_cost_no_queries, query):
    url = reverse("admin:orders_order_changelist")

    assert_rows_cost_no_queries(url + query, OrderLineFactory)


def test_so_does_an_order_with_all_its_lines(assert_rows_cost_no_queries):
    order = OrderLineFactory().order
    url = reverse("admin:orders_order_change", args=[order.pk])

    assert_rows_cost_no_queries(url, lambda: OrderLineFactory(order=order))


@pytest.mark.parametrize("query", ["q=user", "status=pending", "currency=USD"])
def test_searching_and_filtering(staff, query):
    OrderLineFactory()
    url = reverse("admin:orders_order_changelist")

    assert staff.get(f"{url}?{query}").context["cl"].result_count == 1


def test_an_order_is_shown_with_its_lines_and_stays_as_it_is(staff):
    line = OrderLineFactory()
    url = reverse("admin:orders_order_change", args=[line.order.pk])

    assert line.product.name in staff.get(url).content.decode()
    assert staff.post(url, {"status": "paid"}).status_code == 403
    delete = reverse("admin:orders_order_delete", args=[line.order.pk])
    assert staff.post(delete, {"post": "yes"}).status_code == 403
