"""Orders to try things with: the same every time, over the last two years."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone

from apps.catalog.selectors import product_rows
from apps.catalog.services.seed import SKU_PREFIX

from ..models import Order, OrderLine, OrderStatus

BATCH = 1000
_KEY_PREFIX = "seed-"
_FIRST_DAY = datetime(2025, 1, 1, tzinfo=UTC)
_STATUSES = (
    OrderStatus.PENDING,
    OrderStatus.PAID,
    OrderStatus.SHIPPED,
    OrderStatus.DELIVERED,
    OrderStatus.DELIVERED,
    OrderStatus.CANCELLED,
)


def customers_seed(*, customers: int) -> list[UUID]:
    """Make users in whose names nobody can log in; return their ids."""
    model = get_user_model()
    emails = [f"customer{number:03}@example.com" for number in range(customers)]
    model.objects.bulk_create(
        [
            model(
                email=email,
                full_name=f"Customer {number}",
                password=make_password(None),
                email_verified_at=timezone.now(),
            )
            for number, email in enumerate(emails)
        ],
        ignore_conflicts=True,
    )
    found = model.objects.filter(email__in=emails).order_by("email")
    return list(found.values_list("pk", flat=True))


def orders_seed(
    *, orders: int, customers: Sequence[UUID], progress: Callable[[int], None]
) -> int:
    """Bring the books up to this many seeded orders; return how many were added.

    What is bought are seeded products; without any nothing is.

    Args:
        customers: ids of the users who buy.
        progress: called with the number of orders that each batch added.
    """
    on_sale = product_rows(user=AnonymousUser()).filter(sku__startswith=SKU_PREFIX)
    products = list(on_sale.order_by("id")[:1000])
    if not products:
        return 0
    seeded = Order.objects.filter(idempotency_key__startswith=_KEY_PREFIX)
    start = seeded.filter(customer__in=customers).count()
    for first in range(start, orders, BATCH):
        numbers = range(first, min(first + BATCH, orders))
        _batch(numbers, products, customers)
        progress(len(numbers))
    return max(0, orders - start)


@transaction.atomic
def _batch(numbers: range, products: list[dict], customers: Sequence[UUID]) -> None:
    chances = [Random(number) for number in numbers]
    orders = Order.objects.bulk_create(
        _order(number, chance, customers)
        for number, chance in zip(numbers, chances, strict=True)
    )
    OrderLine.objects.bulk_create(
        OrderLine(
            order=order,
            product_id=product["id"],
            quantity=chance.randint(1, 3),
            unit_price=product["price"],
        )
        for order, chance in zip(orders, chances, strict=True)
        for product in chance.sample(products, min(len(products), chance.randint(1, 4)))
    )


def _order(number: int, chance: Random, customers: Sequence[UUID]) -> Order:
    return Order(
        customer_id=chance.choice(customers),
        status=chance.choice(_STATUSES),
        currency="USD",
        idempotency_key=f"{_KEY_PREFIX}{number}",
        fingerprint="",
        created_at=_FIRST_DAY + timedelta(hours=number % 16_000),
    )
