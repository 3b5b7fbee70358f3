"""Reviews: what a user thinks of a product, once."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.core.models import TimestampedModel

from .product import Product


class Review(TimestampedModel):
    product = models.ForeignKey(
        Product, on_delete=models.CASCADE, related_name="reviews", db_index=False
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reviews"
    )
    rating = models.PositiveSmallIntegerField(help_text="From 1 to 5.")
    text = models.TextField(max_length=2000, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "author"], name="review_once_a_product"
            ),
            models.CheckConstraint(
                condition=Q(rating__gte=1, rating__lte=5), name="review_from_1_to_5"
            ),
        ]
        indexes = [models.Index(fields=["product", "id"], name="review_newest")]

    def __str__(self) -> str:
        return f"{self.rating} of 5 for {self.product_id}"
