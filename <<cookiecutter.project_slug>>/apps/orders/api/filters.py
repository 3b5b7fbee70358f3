"""How a list of orders can be narrowed."""

import django_filters

from apps.core.filters import MomentFilter

from ..models import Order, OrderStatus


class OrderFilter(django_filters.FilterSet):
    status = django_filters.ChoiceFilter(choices=OrderStatus.choices)
    placed_after = MomentFilter("created_at", "gte")
    placed_before = MomentFilter("created_at", "lt")

    class Meta:
        model = Order
        fields = ()
