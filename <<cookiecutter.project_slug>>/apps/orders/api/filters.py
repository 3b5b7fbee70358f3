"""How a list of orders can be narrowed."""

import django_filters

from ..models import Order, OrderStatus


class OrderFilter(django_filters.FilterSet):
    status = django_filters.ChoiceFilter(choices=OrderStatus.choices)
    placed_after = django_filters.IsoDateTimeFilter("created_at", "gte")
    placed_before = django_filters.IsoDateTimeFilter("created_at", "lt")

    class Meta:
        model = Order
        fields = []
