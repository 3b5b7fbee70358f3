"""Products and their tags."""

from decimal import Decimal
from pathlib import PurePath
from uuid import uuid4

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Case, F, Q, Value, When

from apps.core.models import TimestampedModel

from ..currencies import Currency
from .category import Category
from .search import SearchDocument, SearchField, SearchIndex

ACTIVE = Q(is_active=True)
MAX_STOCK = 1_000_000
RATING = models.DecimalField(max_digits=3, decimal_places=2)


def image_path(product: "Product", filename: str) -> str:
    """Return a name that nobody can guess, and that no upload can choose."""
    return f"products/{uuid4().hex}{PurePath(filename).suffix}"


class Average(models.Func):
    """A sum over a count, to two decimals; the factor makes it more than integers."""

    template = "round(%(expressions)s, 2)"
    arg_joiner = " * 1.0 / "


class Tag(TimestampedModel):
    name = models.CharField(max_length=50, unique=True)
    slug = models.SlugField(max_length=50, unique=True)

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class Product(TimestampedModel):
    """Something for sale.

    `rating_count` and `rating_sum` repeat what the reviews say: the one deliberate
    exception to the third normal form, so that lists can filter and order by rating.
    `review_*` services keep them, in the transaction that changes the review.
    """

    sku = models.CharField("SKU", max_length=32, unique=True)
    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=210, unique=True)
    description = models.TextField(max_length=5000, blank=True)
    price = models.DecimalField(
        max_digits=10, decimal_places=2, validators=[MinValueValidator(Decimal("0.01"))]
    )
    currency = models.CharField(
        max_length=3, choices=Currency.choices, default=Currency.USD
    )
    stock = models.PositiveIntegerField(default=0)
    is_active = models.BooleanField(default=True)
    image = models.ImageField(upload_to=image_path, blank=True)
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, related_name="products", db_index=False
    )
    tags = models.ManyToManyField(
        Tag, through="ProductTag", related_name="products", blank=True
    )
    rating_count = models.PositiveIntegerField(default=0, editable=False)
    rating_sum = models.PositiveIntegerField(default=0, editable=False)
    rating = models.GeneratedField(
        expression=Case(
            When(rating_count=0, then=Value(Decimal(0), output_field=RATING)),
            default=Average("rating_sum", "rating_count", output_field=RATING),
        ),
        output_field=RATING,
        db_persist=True,
    )
    search = models.GeneratedField(
        expression=SearchDocument("name", "description"),
        output_field=SearchField(),
        db_persist=True,
    )

    class Meta:
        # Ids are handed out in the order of creation: the newest first.
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(price__gt=0), name="price_positive"),
            models.CheckConstraint(
                condition=Q(stock__gte=0, stock__lte=MAX_STOCK), name="stock_in_range"
            ),
            models.CheckConstraint(
                condition=Q(currency__in=Currency.values), name="currency_known"
            ),
            models.CheckConstraint(
                condition=Q(rating_sum__gte=F("rating_count"))
                & Q(rating_sum__lte=F("rating_count") * 5),
                name="rating_from_1_to_5",
            ),
        ]
        # One for each way to list, with the id last, as pages are cut by both. Only
        # what is for sale is in them: nobody but managers lists the rest.
        indexes = [
            models.Index("id", name="product_newest", condition=ACTIVE),
            models.Index("price", "id", name="product_price", condition=ACTIVE),
            models.Index("name", "id", name="product_name", condition=ACTIVE),
            models.Index("rating", "id", name="product_rating", condition=ACTIVE),
            models.Index("category", "id", name="product_category"),
            models.Index("id", name="product_sold_out", condition=ACTIVE & Q(stock=0)),
            SearchIndex(fields=["search"], name="product_search"),
        ]

    def __str__(self) -> str:
        return self.name


class ProductTag(models.Model):
    product = models.ForeignKey(Product, on_delete=models.CASCADE, db_index=False)
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["product", "tag"], name="product_tag_once")
        ]
        # Read backwards it brings a tag's products, the newest first.
        indexes = [models.Index(fields=["tag", "product"], name="tag_products")]

    def __str__(self) -> str:
        return f"{self.product_id}, {self.tag_id}"
