"""How the list of products can be narrowed and ordered."""

import django_filters
from django.db.models import QuerySet
from rest_framework.exceptions import ValidationError

from apps.core.filters import BooleanFilter

from .. import selectors

# Ids are handed out in the order of creation, and every index ends with them.
PRODUCT_ORDERING = {
    "created_at": "id",
    "name": "name",
    "price": "price",
    "rating": "rating",
}
PRODUCT_RANGES = {
    "price_min": "price",
    "price_max": "price",
    "min_rating": "-rating",
}


class PriceFilter(django_filters.NumberFilter):
    def __init__(self, **kwargs) -> None:
        limits = {"min_value": 0, "max_digits": 10, "decimal_places": 2}
        super().__init__(field_name="price", **{**limits, **kwargs})


class ProductFilter(django_filters.FilterSet):
    price_min = PriceFilter(lookup_expr="gte")
    price_max = PriceFilter(lookup_expr="lte")
    min_rating = django_filters.NumberFilter(
        "rating", "gte", min_value=0, max_value=5, max_digits=3, decimal_places=2
    )
    category = django_filters.CharFilter(
        method="in_category", help_text="A slug; what is below it counts as well."
    )
    tags = django_filters.CharFilter(
        method="with_tags", help_text="Slugs, comma separated: all of them."
    )
    in_stock = BooleanFilter(method="by_stock")
    is_active = BooleanFilter()
    search = django_filters.CharFilter(
        method="with_words", max_length=200, help_text="Words of name and description."
    )

    def in_category(self, products: QuerySet, name: str, slug: str) -> QuerySet:
        branch = selectors.category_branch(slug=slug)
        if not branch:
            raise ValidationError({name: [f"There is no category {slug!r}."]})
        return products.filter(category__in=branch)

    def with_tags(self, products: QuerySet, name: str, slugs: str) -> QuerySet:
        return selectors.product_with_tags(products=products, slugs=slugs.split(","))

    def by_stock(self, products: QuerySet, name: str, wanted: bool) -> QuerySet:
        return products.filter(stock__gt=0) if wanted else products.filter(stock=0)

    def with_words(self, products: QuerySet, name: str, text: str) -> QuerySet:
        return selectors.product_search(products=products, text=text)
