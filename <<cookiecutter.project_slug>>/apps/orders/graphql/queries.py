"""What GraphQL reads of orders."""

import graphene
from rest_framework.permissions import IsAuthenticated

from apps.core.graphql.connections import ConnectionField, page
from apps.core.graphql.permissions import permissions_check
from apps.core.graphql.scalars import Date
from apps.core.permissions import IsManager
from apps.core.serializers import validated_data

from .. import reports, selectors
from ..api.serializers import SalesInput
from .types import OrderType, SalesType


class Query(graphene.ObjectType):
    orders = ConnectionField(
        OrderType, description="One's own; a manager sees everybody's."
    )
    order = graphene.Field(OrderType, reference=graphene.String(required=True))
    sales_report = graphene.List(
        graphene.NonNull(SalesType),
        required=True,
        since=Date(description="A year ago."),
        until=Date(description="Not counted; tomorrow."),
        description="What was sold in each month; for managers.",
    )

    def resolve_orders(root, info, **arguments):
        permissions_check(info, [IsAuthenticated])
        orders = selectors.order_rows(user=info.context.user)
        return page(info, OrderType, orders, arguments)

    def resolve_order(root, info, reference: str):
        permissions_check(info, [IsAuthenticated])
        return OrderType.read_one(info, reference)

    def resolve_sales_report(root, info, **period):
        permissions_check(info, [IsManager])
        return reports.sales_by_month(**validated_data(SalesInput, period))
