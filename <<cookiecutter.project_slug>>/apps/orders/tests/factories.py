"""Orders for tests."""

from decimal import Decimal

import factory

from apps.accounts.tests.factories import UserFactory
from apps.catalog.tests.factories import ProductFactory
from apps.orders.models import Order, OrderLine


class OrderFactory(factory.django.DjangoModelFactory):
    """A row without lines, and without a mark on any stock; `order_place` does both."""

    class Meta:
        model = Order

    customer = factory.SubFactory(UserFactory)
    currency = "USD"


class OrderLineFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OrderLine

    order = factory.SubFactory(OrderFactory)
    product = factory.SubFactory(ProductFactory)
    quantity = 1
    unit_price = Decimal("10.00")
