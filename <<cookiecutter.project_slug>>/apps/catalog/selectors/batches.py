"""Rows of the catalog for many others at once, by the keys that lead to them."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import F, QuerySet

from apps.core.errors import NotFound
from apps.core.policies import Caller

from ..models import Review
from .categories import category_branch_rows, category_cache, category_children
from .products import product_rows, tag_rows
from .reviews import review_list, review_row


def categories_by_slug(*, slugs: Collection[str]) -> list[dict]:
    """Return categories with the slugs of their parents and children."""
    rows = category_cache()
    slug_by_id = {row["id"]: row["slug"] for row in rows}
    children = category_children(rows)
    return [
        {
            "slug": row["slug"],
            "name": row["name"],
            "parent": slug_by_id.get(row["parent_id"]),
            "children": [child["slug"] for child in children[row["id"]]],
        }
        for row in rows
        if row["slug"] in slugs
    ]


def category_owners(*, slugs: Iterable[str]) -> dict[str, list[str]]:
    """Return, for every category below these ones, which of them it is below."""
    rows = category_cache()
    owners = defaultdict(list)
    for slug in slugs:
        for row in category_branch_rows(rows, slug):
            owners[row["slug"]].append(slug)
    return owners


def products_by_slug(*, user: Caller, slugs: Collection[str]) -> QuerySet:
    """Return those of them that the caller may see."""
    return product_rows(user=user, detailed=True).filter(slug__in=slugs)


def tags_by_slug(*, slugs: Collection[str]) -> QuerySet:
    return tag_rows().filter(slug__in=slugs)


def reviews() -> QuerySet:
    """Return the reviews of all that is for sale, each with its product's keys."""
    return Review.objects.filter(product__is_active=True).values(
        "id",
        "rating",
        "text",
        "created_at",
        "product_id",
        "product__slug",
        author_name=F("author__full_name"),
    )


def reviews_by_id(*, ids: Collection[int]) -> QuerySet:
    return reviews().filter(pk__in=ids)


def review_get(*, review_id: int) -> Review:
    """Return a review, whether its product is for sale or not.

    Raises:
        NotFound: there is none.
    """
    review = review_list().filter(pk=review_id).first()
    if review is None:
        raise NotFound
    return review


def review_row_with_product(*, review: Review) -> dict:
    """Return one review as `reviews` would, complete."""
    return {
        **review_row(review=review),
        "product_id": review.product_id,
        "product__slug": review.product.slug,
    }
