"""Products."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from apps.core.cache import generation_bump
from apps.core.errors import Conflict, InvalidInput, NotFound

from ..models import Category, Product, Tag
from ..namespaces import CATALOG
from ..slugs import slug_save


@transaction.atomic
def product_create(
    *, category: str, tags: list[str] | None = None, **fields: Any
) -> Product:
    """Add a product, with a slug made from its name.

    Args:
        category: a slug.
        tags: slugs.
        fields: the columns of `Product`.

    Raises:
        InvalidInput: there is no such category or tag.
        Conflict: another product has that SKU.
    """
    product = Product(category=_category(category), **fields)
    if Product.objects.filter(sku=product.sku).exists():
        raise Conflict("Another product has that SKU.", code="sku_taken")
    slug_save(product, product.name, f"{product.name[:150]} {product.sku}")
    product.tags.set(_tags(tags or []))
    generation_bump(CATALOG)
    return product


@transaction.atomic
def product_update(
    *, slug: str, precondition: Callable[[], None], **changes: Any
) -> Product:
    """Change a product; the slug, and with it every link, stays.

    Args:
        precondition: called once the row is locked; raises when the caller's picture
            of it is out of date.
        changes: as the fields of `product_create`.

    Raises:
        NotFound: there is no such product.
        InvalidInput: there is no such category or tag.
        Conflict: another product has that SKU.
    """
    product = product_lock(slug=slug)
    precondition()
    if "category" in changes:
        product.category = _category(changes.pop("category"))
    if "tags" in changes:
        product.tags.set(_tags(changes.pop("tags")))
    for name, value in changes.items():
        setattr(product, name, value)
    product.save()
    generation_bump(CATALOG)
    return product


@transaction.atomic
def product_delete(*, slug: str, precondition: Callable[[], None]) -> None:
    """Delete a product that nobody ever ordered.

    Raises:
        NotFound: there is no such product.
        Conflict: it is part of an order; take it off the list instead.
    """
    product = product_lock(slug=slug)
    precondition()
    try:
        product.delete()
    except ProtectedError as error:
        raise Conflict(
            "It has been ordered. Set is_active to false instead.",
            code="product_ordered",
        ) from error
    generation_bump(CATALOG)


@transaction.atomic
def product_prices_set(*, prices: Mapping[str, Decimal]) -> int:
    """Set the prices of many products, all or none; return how many.

    Args:
        prices: new prices by slug.

    Raises:
        InvalidInput: there is no such product.
    """
    products = list(
        Product.objects.select_for_update(no_key=True)
        .filter(slug__in=prices)
        .order_by("pk")
    )
    if unknown := sorted(set(prices) - {product.slug for product in products}):
        raise InvalidInput(
            fields={"prices": [f"There is no product {slug!r}." for slug in unknown]}
        )
    for product in products:
        product.price = prices[product.slug]
        product.updated_at = timezone.now()
    Product.objects.bulk_update(products, ["price", "updated_at"], batch_size=500)
    generation_bump(CATALOG)
    return len(products)


def product_lock(*, slug: str) -> Product:
    """Return a product that nobody else changes until the transaction ends."""
    product = Product.objects.select_for_update(no_key=True).filter(slug=slug).first()
    if product is None:
        raise NotFound
    return product


def _category(slug: str) -> Category:
    category = Category.objects.filter(slug=slug).first()
    if category is None:
        raise InvalidInput(fields={"category": [f"There is no category {slug!r}."]})
    return category


def _tags(slugs: list[str]) -> list[Tag]:
    tags = list(Tag.objects.filter(slug__in=slugs))
    if unknown := sorted(set(slugs) - {tag.slug for tag in tags}):
        raise InvalidInput(
            fields={"tags": [f"There is no tag {slug!r}." for slug in unknown]}
        )
    return tags
