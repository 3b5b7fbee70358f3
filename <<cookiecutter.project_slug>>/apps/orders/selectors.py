"""Orders as rows: one query for them, one for all their lines."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, F, Max, QuerySet

from apps.core import policies
from apps.core.policies import Caller

from .models import Order, OrderLine

PAGE_SIZE = 500


def order_rows(*, user: Caller) -> QuerySet:
    """Return the orders that the caller may see, the newest first.

    Customers see their own, managers all of them.
    """
    rows = _rows()
    return rows if policies.is_manager(user) else rows.filter(customer=user.pk)


# % if cookiecutter.use_graphql
def orders_by_reference(*, user: Caller, references: list[UUID]) -> QuerySet:
    return order_rows(user=user).filter(reference__in=references)


# % endif
def order_pages(
    *, user: Caller, until: int, status: str | None = None, size: int = PAGE_SIZE
) -> Iterator[list[dict]]:
    """Yield all orders that the caller may see, the oldest first, ready to be shown.

    Each page goes on after the last id of the one before, and costs two queries.

    Args:
        until: the last order's id: those that come meanwhile are left out.
        status: none but those that have it.
    """
    orders = _narrowed(order_rows(user=user), status).filter(pk__lte=until)
    after = 0
    while rows := list(orders.filter(pk__gt=after).order_by("pk")[:size]):
        after = rows[-1]["id"]
        yield order_rows_complete(rows=rows)


def order_lines_extent(*, user: Caller, status: str | None = None) -> tuple[int, int]:
    """Return how many lines the orders have that the caller may see, and the last id.

    Args:
        status: none but those that have it.
    """
    orders = _narrowed(order_rows(user=user), status)
    found = OrderLine.objects.filter(order__in=orders.order_by().values("pk"))
    extent = found.aggregate(lines=Count("pk"), last=Max("order_id"))
    return extent["lines"], extent["last"] or 0


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


def _narrowed(orders: QuerySet, status: str | None) -> QuerySet:
    return orders if status is None else orders.filter(status=status)


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
