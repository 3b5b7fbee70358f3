"""Reviews, the newest first."""

from django.db.models import F, QuerySet

from ..models import Review


def review_list() -> QuerySet[Review]:
    """Every review with its author, for those who may change it."""
    return Review.objects.select_related("author", "product")


def review_rows(*, product_slug: str) -> QuerySet:
    """Return a product's reviews; the author by name alone, never by address."""
    return Review.objects.filter(
        product__slug=product_slug, product__is_active=True
    ).values("id", "rating", "text", "created_at", author_name=F("author__full_name"))


def review_rows_complete(*, rows: list[dict]) -> list[dict]:
    """Return rows of `review_rows`, ready to be shown."""
    for row in rows:
        row["author"] = row.pop("author_name")
    return rows


def review_row(*, review: Review) -> dict:
    """Return one review as it stands in the list."""
    return {
        "id": review.pk,
        "rating": review.rating,
        "text": review.text,
        "created_at": review.created_at,
        "author": review.author.full_name,
    }
