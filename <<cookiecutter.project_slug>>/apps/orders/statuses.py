"""The life of an order: which status may follow which."""

from apps.core.errors import Conflict

from .models import OrderStatus

NEXT = {
    OrderStatus.PENDING: {OrderStatus.PAID, OrderStatus.CANCELLED},
    OrderStatus.PAID: {OrderStatus.SHIPPED, OrderStatus.CANCELLED},
    OrderStatus.SHIPPED: {OrderStatus.DELIVERED},
    OrderStatus.DELIVERED: set(),
    OrderStatus.CANCELLED: set(),
}


def status_check(present: str, wanted: str) -> None:
    """Refuse a move that the table does not know.

    Raises:
        Conflict: `wanted` cannot follow `present`.
    """
    if wanted not in NEXT[OrderStatus(present)]:
        raise Conflict(
            f"An order that is {present} cannot become {wanted}.",
            code="illegal_transition",
        )
