"""What GraphQL shows of the catalog: the same fields as REST, and what leads on."""

import graphene

from apps.core.graphql.connections import ConnectionField, page_of_each
from apps.core.graphql.fields import enum_of
from apps.core.graphql.rows import (
    NodeRow,
    Related,
    RelatedList,
    Row,
    number_key,
    same_row,
)

from .. import selectors
from ..api import serializers
from ..api.filters import PRODUCT_ORDERING, PRODUCT_RANGES, ProductFilter
from ..currencies import Currency
from ..selectors import batches

enum_of(Currency)


class AuthorType(Row):
    """Who wrote a review: by name alone, never by address."""

    full_name = graphene.String(required=True, description="Empty when not given.")

    class Meta:
        name = "Author"

    def resolve_full_name(review: dict, info) -> str:
        return review["author"]


class ReviewType(NodeRow):
    """What a user thinks of a product."""

    key = "id"
    key_type = staticmethod(number_key)

    author = graphene.Field(AuthorType, required=True, resolver=same_row)
    product = Related(
        "apps.catalog.graphql.types.ProductType",
        column="product__slug",
        description="Null while it is not for sale.",
    )

    class Meta:
        name = "Review"
        serializer = serializers.ReviewOutput
        leave_out = ["id", "author"]

    @classmethod
    def find(cls, info, keys: list) -> list[dict]:
        return cls.complete(info, list(batches.reviews_by_id(ids=keys)))

    @classmethod
    def complete(cls, info, rows: list[dict]) -> list[dict]:
        return selectors.review_rows_complete(rows=rows)


class TagType(NodeRow):
    class Meta:
        name = "Tag"
        serializer = serializers.TagOutput

    @classmethod
    def find(cls, info, keys: list) -> list[dict]:
        return list(batches.tags_by_slug(slugs=keys))


class ProductType(NodeRow):
    """Something for sale."""

    filterset = ProductFilter
    ordering = PRODUCT_ORDERING
    ranges = PRODUCT_RANGES

    category = Related(
        "apps.catalog.graphql.types.CategoryType",
        column="category_slug",
        required=True,
    )
    tags = graphene.List(graphene.NonNull(TagType), required=True)
    reviews = ConnectionField(ReviewType)

    class Meta:
        name = "Product"
        serializer = serializers.ProductDetailOutput
        leave_out = ["id", "category", "tags"]

    @classmethod
    def find(cls, info, keys: list) -> list[dict]:
        products = batches.products_by_slug(user=info.context.user, slugs=keys)
        return cls.complete(info, list(products))

    @classmethod
    def complete(cls, info, rows: list[dict]) -> list[dict]:
        for row in selectors.product_rows_with_tags(rows=rows):
            row["category_slug"] = row["category"]["slug"]
            if row["image"]:
                row["image"] = info.context.build_absolute_uri(row["image"])
        TagType.batch([tag for row in rows for tag in row["tags"]])
        return rows

    def resolve_reviews(product: dict, info, **arguments):
        return page_of_each(
            product,
            info,
            ReviewType,
            arguments,
            rows=batches.reviews,
            by="product_id",
            owner="id",
        )


class CategoryType(NodeRow):
    """A category in the tree of all."""

    parent = Related("apps.catalog.graphql.types.CategoryType", column="parent")
    children = RelatedList(
        lambda: CategoryType, column="children", description="All, by name."
    )
    products = ConnectionField(
        ProductType, description="Those of the categories below it count as well."
    )

    class Meta:
        name = "Category"
        serializer = serializers.CategoryName

    @classmethod
    def find(cls, info, keys: list) -> list[dict]:
        return batches.categories_by_slug(slugs=keys)

    @classmethod
    def complete(cls, info, rows: list[dict]) -> list[dict]:
        found = batches.categories_by_slug(slugs={row["slug"] for row in rows})
        relatives = {row["slug"]: row for row in found}
        for row in rows:
            row |= relatives[row["slug"]]
        return rows

    def resolve_products(category: dict, info, **arguments):
        return page_of_each(
            category,
            info,
            ProductType,
            arguments,
            rows=lambda: selectors.product_rows(user=info.context.user, detailed=True),
            by="category__slug",
            owner="slug",
            owners=lambda slugs: batches.category_owners(slugs=slugs),
        )
