"""Customers place and cancel orders, managers move them on."""

from uuid import UUID

import graphene

from apps.core import policies
from apps.core.graphql.mutations import Mutation as BaseMutation
from apps.core.permissions import IsManager
from apps.core.serializers import validated_data

from .. import services
from ..api import serializers
from .types import OrderType


class PlaceOrder(BaseMutation):
    """Place an order, or get the one that this key placed before."""

    throttle_scope = "orders"

    order = graphene.Field(OrderType)
    placed = graphene.Boolean(description="False: it was there already.")

    class Meta:
        serializer = serializers.OrderInput

    class Input:
        idempotency_key = graphene.String(
            description="Send the same one again and you get the same order."
        )

    @classmethod
    def perform(cls, info, data: dict, idempotency_key: str | None = None) -> dict:
        if idempotency_key is not None:
            given = {"idempotency_key": idempotency_key}
            validated_data(serializers.IdempotencyKeyInput, given)
        order, placed = services.order_place(
            customer=info.context.user,
            quantities=data["lines"],
            idempotency_key=idempotency_key,
        )
        return {"order": _shown(info, order.reference), "placed": placed}


class CancelOrder(BaseMutation):
    """Cancel it, as long as it is not on its way."""

    order = graphene.Field(OrderType)

    class Input:
        id = graphene.ID(required=True)

    @classmethod
    def perform(cls, info, data: dict, id: str) -> dict:
        reference = OrderType.key_of(id)
        user = info.context.user
        own = None if policies.is_manager(user) else user.pk
        services.order_cancel(reference=reference, customer_id=own)
        return {"order": _shown(info, reference)}


class SetOrderStatus(BaseMutation):
    """Move it on: paid, shipped, delivered."""

    permission_classes = [IsManager]

    order = graphene.Field(OrderType)

    class Meta:
        serializer = serializers.OrderStatusInput

    class Input:
        id = graphene.ID(required=True)

    @classmethod
    def perform(cls, info, data: dict, id: str) -> dict:
        reference = OrderType.key_of(id)
        services.order_status_set(reference=reference, **data)
        return {"order": _shown(info, reference)}


def _shown(info, reference: UUID) -> dict | None:
    return OrderType.read_one(info, str(reference))


class Mutation(graphene.ObjectType):
    place_order = PlaceOrder.Field()
    cancel_order = CancelOrder.Field()
    set_order_status = SetOrderStatus.Field()
