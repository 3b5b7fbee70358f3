"""What the catalog's endpoints take and give."""

from decimal import Decimal

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.core.serializers import RowSerializer, UTCDateTimeField

from ..currencies import Currency
from ..models import Category, Product, Review, Tag
from ..models.product import MAX_STOCK

MAX_TAGS = 20
MAX_PRICES = 1000


@extend_schema_field(
    {
        "type": "string",
        "format": "decimal",
        "pattern": r"^(?!0+(\.0+)?$)[0-9]{1,8}(\.[0-9]{1,2})?$",
    }
)
class PriceField(serializers.DecimalField):
    """Money: exact, never a float, at least a cent."""

    def __init__(self, **kwargs) -> None:
        limits = {"max_digits": 10, "decimal_places": 2, "min_value": Decimal("0.01")}
        super().__init__(**{**limits, **kwargs})


class CategoryInput(serializers.ModelSerializer):
    # DRF takes declared fields out of the class: nothing of its own is hidden.
    parent = serializers.SlugField(  # type: ignore[assignment]
        required=False, allow_null=True
    )

    class Meta:
        model = Category
        fields = ["name", "parent"]
        # The database knows which names are taken; the service answers with 409.
        validators = ()


class CategoryOutput(RowSerializer):
    slug = serializers.SlugField()
    name = serializers.CharField()
    # As in CategoryInput: DRF takes declared fields out of the class.
    parent = serializers.SlugField(allow_null=True)  # type: ignore[assignment]


class CategoryBranch(serializers.Serializer):
    """A category with all below it."""

    slug = serializers.SlugField()
    name = serializers.CharField()

    def get_fields(self) -> dict:
        return {**super().get_fields(), "children": CategoryBranch(many=True)}


class CategoryName(RowSerializer):
    slug = serializers.SlugField()
    name = serializers.CharField()


class TagOutput(serializers.ModelSerializer):
    class Meta:
        model = Tag
        fields = ["slug", "name"]


class ProductInput(serializers.ModelSerializer):
    """PATCH takes any part of it."""

    price = PriceField()
    stock = serializers.IntegerField(min_value=0, max_value=MAX_STOCK, default=0)
    category = serializers.SlugField()
    tags = serializers.ListField(
        child=serializers.SlugField(), max_length=MAX_TAGS, default=list
    )

    class Meta:
        model = Product
        fields = [
            "sku",
            "name",
            "description",
            "price",
            "currency",
            "stock",
            "is_active",
            "category",
            "tags",
        ]
        extra_kwargs = {"sku": {"validators": ()}}


class ImageInput(serializers.Serializer):
    image = serializers.FileField(help_text="JPEG, PNG or WebP, at most 5 MB.")


class PriceInput(serializers.Serializer):
    slug = serializers.SlugField(max_length=210)
    price = PriceField()


class PricesInput(serializers.Serializer):
    prices: serializers.ListSerializer = serializers.ListSerializer(
        child=PriceInput(), allow_empty=False, max_length=MAX_PRICES
    )

    def validate_prices(self, prices: list[dict]) -> dict[str, Decimal]:
        by_slug = {row["slug"]: row["price"] for row in prices}
        if len(by_slug) < len(prices):
            raise serializers.ValidationError("A product is named twice.")
        return by_slug


class PricesOutput(serializers.Serializer):
    updated = serializers.IntegerField()


class ProductOutput(RowSerializer):
    """Version 1: the price, and the currency beside it."""

    id = serializers.IntegerField()
    sku = serializers.CharField()
    slug = serializers.SlugField()
    name = serializers.CharField()
    price: serializers.Field = PriceField()
    currency: serializers.Field | None = serializers.ChoiceField(
        choices=Currency.choices
    )
    stock = serializers.IntegerField()
    is_active = serializers.BooleanField()
    rating = serializers.DecimalField(max_digits=3, decimal_places=2)
    rating_count = serializers.IntegerField()
    image = serializers.URLField(allow_null=True)
    category = CategoryName()
    tags = serializers.ListField(child=serializers.SlugField())
    created_at = UTCDateTimeField()
    updated_at = UTCDateTimeField()


class ProductDetailOutput(ProductOutput):
    description = serializers.CharField()


class Money(serializers.Serializer):
    amount = PriceField()
    currency = serializers.ChoiceField(choices=Currency.choices)


class ProductOutputV2(ProductOutput):
    """Version 2: the price is an amount with its currency."""

    price = Money()
    currency = None


class ProductDetailOutputV2(ProductOutputV2):
    description = serializers.CharField()


class ReviewInput(serializers.ModelSerializer):
    rating = serializers.IntegerField(min_value=1, max_value=5)

    class Meta:
        model = Review
        fields = ["rating", "text"]


class ReviewOutput(RowSerializer):
    id = serializers.IntegerField()
    rating = serializers.IntegerField()
    text = serializers.CharField()
    author = serializers.CharField(help_text="The full name; empty when not given.")
    created_at = UTCDateTimeField()
