"""Placing, moving and cancelling orders.

Locks are taken in one order everywhere: the customer, the order, products by id.
"""

from collections.abc import Mapping
from hashlib import blake2b
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import transaction

from apps.accounts.callers import User
from apps.catalog.services import stock_return, stock_take
from apps.core.errors import Conflict, InvalidInput, NotFound
from apps.core.messages import message_send

from ..models import Order, OrderLine, OrderStatus
from ..statuses import status_check


@transaction.atomic
def order_place(
    *,
    customer: User,
    quantities: Mapping[str, int],
    idempotency_key: str | None = None,
) -> tuple[Order, bool]:
    """Buy these quantities (by slug of the product), all or none.

    Args:
        idempotency_key: whoever sends the same one again gets the same order.

    Returns:
        The order, and whether it was placed just now.

    Raises:
        InvalidInput: no such product is for sale, or their currencies differ.
        Conflict: there is not enough of one, or the key came with another order.
    """
    fingerprint = _fingerprint(quantities)
    if idempotency_key is not None:
        former = _placed_before(customer, idempotency_key)
        if former is not None:
            if former.fingerprint != fingerprint:
                raise Conflict(
                    "This key came with another order before.",
                    code="idempotency_key_reused",
                )
            return former, False
    products = stock_take(quantities=quantities)
    order = Order.objects.create(
        customer=customer,
        currency=_currency({product.currency for product in products}),
        idempotency_key=idempotency_key,
        fingerprint=fingerprint,
    )
    OrderLine.objects.bulk_create(
        OrderLine(
            order=order,
            product=product,
            quantity=quantities[product.slug],
            unit_price=product.price,
        )
        for product in products
    )
    reference = str(order.reference)
    message_send("orders.confirmation_email_send", reference=reference)
    return order, True


@transaction.atomic
def order_status_set(*, reference: UUID | str, status: str) -> Order:
    """Move an order on.

    Raises:
        NotFound: there is no such order.
        Conflict: this status cannot follow the present one.
    """
    order = _lock(reference)
    return _move(order, status)


@transaction.atomic
def order_cancel(*, reference: UUID | str, customer_id: UUID | None) -> Order:
    """Cancel an order that is not on its way yet; what it held is for sale again.

    Args:
        customer_id: whose order it has to be; None when anybody's will do.

    Raises:
        NotFound: there is no such order.
        Conflict: it is too late.
    """
    order = _lock(reference)
    if customer_id is not None and order.customer_id != customer_id:
        raise NotFound
    return _move(order, OrderStatus.CANCELLED)


def _move(order: Order, status: str) -> Order:
    status_check(order.status, status)
    if status == OrderStatus.CANCELLED:
        lines = order.lines.values_list("product_id", "quantity")
        stock_return(quantities=dict(lines))
    order.status = status
    order.save(update_fields=["status", "updated_at"])
    return order


def _lock(reference: UUID | str) -> Order:
    order = Order.objects.select_for_update().filter(reference=reference).first()
    if order is None:
        raise NotFound
    return order


def _placed_before(customer: User, idempotency_key: str) -> Order | None:
    # A request of the same customer that is under way is waited for at this point.
    customers = get_user_model().objects.select_for_update(no_key=True)
    customers.filter(pk=customer.pk).first()
    return Order.objects.filter(
        customer=customer, idempotency_key=idempotency_key
    ).first()


def _currency(currencies: set[str]) -> str:
    if len(currencies) > 1:
        raise InvalidInput(
            fields={"lines": ["Products of one currency make an order."]}
        )
    return currencies.pop()


def _fingerprint(quantities: Mapping[str, int]) -> str:
    return blake2b(
        repr(sorted(quantities.items())).encode(), digest_size=16
    ).hexdigest()
