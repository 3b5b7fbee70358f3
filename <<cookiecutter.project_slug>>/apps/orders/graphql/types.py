"""What GraphQL shows of orders: the same fields as REST, and what leads on."""

from uuid import UUID

import graphene

from apps.catalog.graphql.types import ProductType
from apps.core.graphql.fields import enum_of
from apps.core.graphql.rows import Batch, NodeRow, Related, Row

from .. import selectors
from ..api import serializers
from ..api.filters import OrderFilter
from ..statuses import OrderStatus

enum_of(OrderStatus)


class OrderLineType(Row):
    """What was bought, as it was on the day."""

    slug = graphene.String(required=True)
    product = Related(
        ProductType, column="slug", description="Null while it is not for sale."
    )

    class Meta:
        name = "OrderLine"
        serializer = serializers.OrderLineOutput
        leave_out = ["product"]


class OrderType(NodeRow):
    """Customers see their own, managers all of them."""

    key = "reference"
    key_type = UUID
    filterset = OrderFilter

    lines = graphene.List(graphene.NonNull(OrderLineType), required=True)

    class Meta:
        name = "Order"
        serializer = serializers.OrderOutput
        leave_out = ["lines"]

    @classmethod
    def find(cls, info, keys: list) -> list[dict]:
        user = info.context.user
        orders = selectors.orders_by_reference(user=user, references=keys)
        return cls.complete(info, list(orders))

    @classmethod
    def complete(cls, info, rows: list[dict]) -> list[dict]:
        selectors.order_rows_complete(rows=rows)
        lines = [line for row in rows for line in row["lines"]]
        for line in lines:
            line["slug"] = line["product"]
        Batch(lines, OrderLineType)
        return rows


class SalesType(Row):
    """What was sold in a month in one currency."""

    class Meta:
        name = "Sales"
        serializer = serializers.SalesOutput
