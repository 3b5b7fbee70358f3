"""Reviews, and the rating that a product has from them.

The product is locked first, always, so that its rating and its reviews agree.
"""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from apps.accounts.callers import User
from apps.core.cache import generation_bump
from apps.core.errors import Conflict, NotFound

from ..models import Product, Review
from ..namespaces import CATALOG
from .products import product_lock


@transaction.atomic
def review_create(
    *, product_slug: str, author: User, rating: int, text: str = ""
) -> Review:
    """Say what one thinks of a product.

    Raises:
        NotFound: no such product is for sale.
        Conflict: the author has reviewed it already.
    """
    product = product_lock(slug=product_slug)
    if not product.is_active:
        raise NotFound
    try:
        with transaction.atomic():
            review = Review.objects.create(
                product=product, author=author, rating=rating, text=text
            )
    except IntegrityError as error:
        raise Conflict(
            "You have reviewed this product already.", code="already_reviewed"
        ) from error
    _rating_move(product.pk, count=1, points=rating)
    return review


@transaction.atomic
def review_update(*, review: Review, **changes: Any) -> Review:
    """Change one's mind: `rating`, `text`, or both.

    Raises:
        NotFound: it has been deleted meanwhile.
    """
    review = _lock(review)
    former = review.rating
    for name, value in changes.items():
        setattr(review, name, value)
    review.save()
    _rating_move(review.product_id, count=0, points=review.rating - former)
    return review


@transaction.atomic
def review_delete(*, review: Review) -> None:
    """Take a review back.

    Raises:
        NotFound: it has been deleted meanwhile.
    """
    review = _lock(review)
    review.delete()
    _rating_move(review.product_id, count=-1, points=-review.rating)


def _lock(review: Review) -> Review:
    product_lock(slug=review.product.slug)
    locked = Review.objects.select_for_update().filter(pk=review.pk).first()
    if locked is None:
        raise NotFound
    return locked


def _rating_move(product_id: int, *, count: int, points: int) -> None:
    Product.objects.filter(pk=product_id).update(
        rating_count=F("rating_count") + count,
        rating_sum=F("rating_sum") + points,
        updated_at=timezone.now(),
    )
    generation_bump(CATALOG)
