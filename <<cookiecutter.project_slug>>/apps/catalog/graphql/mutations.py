"""Managers write the catalog, members review, by the services that REST calls."""

import graphene

from apps.core import policies
from apps.core.errors import Forbidden
from apps.core.graphql.mutations import Mutation as BaseMutation
from apps.core.graphql.mutations import unconditional
from apps.core.permissions import IsManager

from .. import services
from ..api import serializers
from ..selectors import batches
from .types import CategoryType, ProductType, ReviewType


class _ManagersMutation(BaseMutation):
    permission_classes = [IsManager]

    class Meta:
        abstract = True


class _Named:
    id = graphene.ID(required=True)


class CreateCategory(_ManagersMutation):
    category = graphene.Field(CategoryType)

    class Meta:
        serializer = serializers.CategoryInput

    @classmethod
    def perform(cls, info, data: dict) -> dict:
        category = services.category_create(**data)
        return {"category": CategoryType.read_one(info, category.slug)}


class UpdateCategory(_ManagersMutation):
    """Rename it, move it below another one, or both."""

    category = graphene.Field(CategoryType)
    Input = _Named

    class Meta:
        serializer = serializers.CategoryInput
        partial = True

    @classmethod
    def perform(cls, info, data: dict, id: str) -> dict:
        slug = CategoryType.key_of(id)
        services.category_update(slug=slug, precondition=unconditional, **data)
        return {"category": CategoryType.read_one(info, slug)}


class DeleteCategory(_ManagersMutation):
    """Delete an empty category."""

    deleted_id = graphene.ID()
    Input = _Named

    @classmethod
    def perform(cls, info, data: dict, id: str) -> dict:
        slug = CategoryType.key_of(id)
        services.category_delete(slug=slug, precondition=unconditional)
        return {"deleted_id": id}


class CreateProduct(_ManagersMutation):
    product = graphene.Field(ProductType)

    class Meta:
        serializer = serializers.ProductInput

    @classmethod
    def perform(cls, info, data: dict) -> dict:
        product = services.product_create(**data)
        return {"product": ProductType.read_one(info, product.slug)}


class UpdateProduct(_ManagersMutation):
    """Change any part of it."""

    product = graphene.Field(ProductType)
    Input = _Named

    class Meta:
        serializer = serializers.ProductInput
        partial = True

    @classmethod
    def perform(cls, info, data: dict, id: str) -> dict:
        slug = ProductType.key_of(id)
        services.product_update(slug=slug, precondition=unconditional, **data)
        return {"product": ProductType.read_one(info, slug)}


class DeleteProduct(_ManagersMutation):
    """Delete it, unless somebody has ordered it."""

    deleted_id = graphene.ID()
    Input = _Named

    @classmethod
    def perform(cls, info, data: dict, id: str) -> dict:
        slug = ProductType.key_of(id)
        services.product_delete(slug=slug, precondition=unconditional)
        return {"deleted_id": id}


class SetPrices(_ManagersMutation):
    """Set the prices of many products at once, all or none."""

    updated = graphene.Int()

    class Meta:
        serializer = serializers.PricesInput

    @classmethod
    def perform(cls, info, data: dict) -> dict:
        return {"updated": services.product_prices_set(**data)}


class CreateReview(BaseMutation):
    """Say what one thinks of a product, once."""

    review = graphene.Field(ReviewType)

    class Meta:
        serializer = serializers.ReviewInput

    class Input:
        product_id = graphene.ID(required=True)

    @classmethod
    def perform(cls, info, data: dict, product_id: str) -> dict:
        slug = ProductType.key_of(product_id, "product_id")
        review = services.review_create(
            product_slug=slug, author=info.context.user, **data
        )
        return {"review": _shown(review)}


class UpdateReview(BaseMutation):
    """Change one's mind; administrators may change any review."""

    review = graphene.Field(ReviewType)
    Input = _Named

    class Meta:
        serializer = serializers.ReviewInput
        partial = True

    @classmethod
    def perform(cls, info, data: dict, id: str) -> dict:
        review = services.review_update(review=_own_review(info, id), **data)
        return {"review": _shown(review)}


class DeleteReview(BaseMutation):
    """Take a review back; administrators may delete any."""

    deleted_id = graphene.ID()
    Input = _Named

    @classmethod
    def perform(cls, info, data: dict, id: str) -> dict:
        services.review_delete(review=_own_review(info, id))
        return {"deleted_id": id}


def _own_review(info, global_id: str):
    review = batches.review_get(review_id=ReviewType.key_of(global_id))
    if not policies.is_owner_or_admin(info.context.user, review.author):
        raise Forbidden
    return review


def _shown(review) -> dict:
    [row] = ReviewType.batch([batches.review_row_with_product(review=review)])
    return row


class Mutation(graphene.ObjectType):
    create_category = CreateCategory.Field()
    update_category = UpdateCategory.Field()
    delete_category = DeleteCategory.Field()
    create_product = CreateProduct.Field()
    update_product = UpdateProduct.Field()
    delete_product = DeleteProduct.Field()
    set_prices = SetPrices.Field()
    create_review = CreateReview.Field()
    update_review = UpdateReview.Field()
    delete_review = DeleteReview.Field()
