"""Orders as rows: one query for them, one for all their lines."""

from collections import defaultdict
from decimal import Decimal
from uuid import UUID

from django.db.models import F, QuerySet

from apps.core import policies

from .models import Order, OrderLine


def order_rows(*, user) -> QuerySet:
    """Return the orders that the caller may see, the newest first.

    Customers see their own, managers all of them.
    """
    rows = _rows()
    return rows if policies.is_manager(user) else rows.filter(customer=user.pk)


def order_row(*, reference: UUID | str) -> dict | None:
    """Return one order, whoever's it is, ready to be shown."""
    rows = order_rows_complete(rows=list(_rows().filter(reference=reference)))
    return rows[0] if rows else None


def order_rows_complete(*, rows: list[dict]) -> list[dict]:
    """Return rows of `order_rows` with their lines and total, ready to be shown."""
    lines = _lines([row["id"] for row in rows])
    for row in rows:
        row["lines"] = lines[row.pop("id")]
        amounts = (Decimal(line["amount"]) for line in row["lines"])
        row["total"] = str(sum(amounts, Decimal("0.00")))
        row["customer"] = row.pop("customer_email")
    return rows


def _rows() -> QuerySet:
    return Order.objects.values(
        "id",
        "reference",
        "status",
        "currency",
        "created_at",
        "updated_at",
        customer_email=F("customer__email"),
    )


def _lines(orders: list[int]) -> dict[int, list[dict]]:
    lines = defaultdict(list)
    rows = OrderLine.objects.filter(order__in=orders).values_list(
        "order_id", "product__slug", "product__name", "quantity", "unit_price"
    )
    for order, slug, name, quantity, price in rows.order_by("id"):
        lines[order].append(
            {
                "product": slug,
                "name": name,
                "quantity": quantity,
                "unit_price": str(price),
                "amount": str(quantity * price),
            }
        )
    return lines
