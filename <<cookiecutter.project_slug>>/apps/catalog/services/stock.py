"""Stock, for whoever sells it: taken and returned under a lock, never below zero."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from apps.core.cache import generation_bump
from apps.core.errors import Conflict, InvalidInput

from ..models import Product
from ..models.product import MAX_STOCK
from ..namespaces import CATALOG


@transaction.atomic
def stock_take(*, quantities: Mapping[str, int]) -> list[Product]:
    """Take these quantities (by slug) out of stock, all or none.

    Rows are locked in the order of their ids, whatever the order they were named in:
    two orders for the same products wait for each other and never deadlock.

    Returns:
        The products, locked until the transaction ends.

    Raises:
        InvalidInput: no such product is for sale.
        Conflict: there is not enough of one.
    """
    products = list(
        Product.objects.select_for_update(no_key=True)
        .filter(slug__in=quantities, is_active=True)
        .order_by("pk")
    )
    if unknown := sorted(set(quantities) - {product.slug for product in products}):
        raise InvalidInput(
            fields={"lines": [f"There is no product {slug!r}." for slug in unknown]}
        )
    for product in products:
        if product.stock < quantities[product.slug]:
            raise Conflict(
                f"There are only {product.stock} left of {product.slug!r}.",
                code="out_of_stock",
            )
        product.stock -= quantities[product.slug]
    _save(products)
    return products


@transaction.atomic
def stock_return(*, quantities: Mapping[int, int]) -> None:
    """Put these quantities (by id) back.

    What a full shelf cannot take is lost: nobody keeps a cancelled order for that.
    """
    products = list(
        Product.objects.select_for_update(no_key=True)
        .filter(pk__in=quantities)
        .order_by("pk")
    )
    for product in products:
        product.stock = min(MAX_STOCK, product.stock + quantities[product.pk])
    _save(products)


def _save(products: list[Product]) -> None:
    for product in products:
        product.updated_at = timezone.now()
    Product.objects.bulk_update(products, ["stock", "updated_at"])
    generation_bump(CATALOG)
