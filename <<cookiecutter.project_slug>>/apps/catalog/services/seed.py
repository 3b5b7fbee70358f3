"""A catalog to try things with: the same rows every time, in bulk."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

from django.db import transaction

from apps.core.cache import generation_bump

from ..currencies import Currency
from ..models import Category, Product, ProductTag, Review, Tag
from ..namespaces import CATALOG, CATEGORIES

BATCH = 2000
SKU_PREFIX = "SEED-"
_FIRST_DAY = datetime(2026, 1, 1, tzinfo=UTC)
_ROOTS = (
    "Books",
    "Clothes",
    "Electronics",
    "Food",
    "Garden",
    "Music",
    "Sports",
    "Toys",
)
_KINDS = ("Classic", "Everyday", "Luxury", "New")
_SIZES = ("Large", "Medium", "Small")
_ADJECTIVES = ("Bright", "Calm", "Deep", "Early", "Fine", "Gentle", "Heavy", "Light")
_MATERIALS = ("Bamboo", "Copper", "Cotton", "Glass", "Leather", "Oak", "Paper", "Wool")
_THINGS = ("Bag", "Basket", "Bowl", "Chair", "Lamp", "Notebook", "Radio", "Shelf")
_TAGS = (
    *("bestseller", "discount", "fair-trade", "gift", "handmade", "imported"),
    *("limited", "local", "organic", "recycled", "second-hand", "vegan"),
)


def catalog_seed(
    *, products: int, reviewers: Sequence[UUID], progress: Callable[[int], None]
) -> int:
    """Bring the catalog up to this many seeded products; return how many were added.

    Product number n is the same in every database, so a second run adds nothing.

    Args:
        reviewers: ids of users in whose names reviews are written.
        progress: called with the number of products that each batch added.
    """
    leaves = _categories()
    tags = [
        Tag.objects.get_or_create(slug=slug, defaults={"name": slug})[0].pk
        for slug in _TAGS
    ]
    start = Product.objects.filter(sku__startswith=SKU_PREFIX).count()
    for first in range(start, products, BATCH):
        numbers = range(first, min(first + BATCH, products))
        _batch(numbers, leaves, tags, reviewers)
        progress(len(numbers))
    return max(0, products - start)


@transaction.atomic
def _batch(
    numbers: range, leaves: list[int], tags: list[int], reviewers: Sequence[UUID]
) -> None:
    chances = {number: Random(number) for number in numbers}
    ratings = {
        number: [chance.choice((3, 4, 4, 5)) for _ in range(chance.randrange(4))]
        for number, chance in chances.items()
    }
    for number in numbers:
        del ratings[number][len(reviewers) :]
    products = Product.objects.bulk_create(
        _product(number, chances[number], leaves, ratings[number]) for number in numbers
    )
    ids = dict(zip(numbers, (product.pk for product in products), strict=True))
    ProductTag.objects.bulk_create(
        ProductTag(product_id=ids[number], tag_id=tag)
        for number, chance in chances.items()
        for tag in chance.sample(tags, chance.randrange(4))
    )
    Review.objects.bulk_create(
        Review(product_id=ids[number], author_id=author, rating=rating)
        for number, chance in chances.items()
        for author, rating in zip(
            chance.sample(reviewers, len(ratings[number])), ratings[number], strict=True
        )
    )
    generation_bump(CATALOG)


def _product(
    number: int, chance: Random, leaves: list[int], ratings: list[int]
) -> Product:
    words = (chance.choice(_ADJECTIVES), chance.choice(_MATERIALS))
    name = f"{' '.join(words)} {chance.choice(_THINGS)} {number}"
    return Product(
        sku=f"{SKU_PREFIX}{number:07}",
        name=name,
        slug=name.lower().replace(" ", "-"),
        description=f"A {' '.join(words).lower()} piece, number {number}.",
        price=Decimal(chance.randrange(100, 100_000)) / 100,
        currency=Currency.USD,
        stock=chance.choice((0, 5, 10, 25, 50, 100, 250, 500, 1000, 2500)),
        category_id=chance.choice(leaves),
        rating_count=len(ratings),
        rating_sum=sum(ratings),
        created_at=_FIRST_DAY + timedelta(seconds=number),
    )


@transaction.atomic
def _categories() -> list[int]:
    """Return the ids of the leaves of a tree of three levels."""
    leaves = []
    for root in _ROOTS:
        top = _category(root, None)
        for kind in _KINDS:
            middle = _category(f"{kind} {root}", top)
            leaves += [_category(f"{size} {kind} {root}", middle).pk for size in _SIZES]
    generation_bump(CATEGORIES)
    return leaves


def _category(name: str, parent: Category | None) -> Category:
    defaults = {"name": name, "parent": parent}
    slug = name.lower().replace(" ", "-")
    return Category.objects.get_or_create(slug=slug, defaults=defaults)[0]
