"""What GraphQL reads of the catalog; anyone may."""

import graphene

from apps.core.graphql.connections import ConnectionField, page

from .. import selectors
from .types import CategoryType, ProductType, TagType


class Query(graphene.ObjectType):
    categories = ConnectionField(CategoryType)
    category = graphene.Field(CategoryType, slug=graphene.String(required=True))
    products = ConnectionField(ProductType)
    product = graphene.Field(ProductType, slug=graphene.String(required=True))
    tags = ConnectionField(TagType)
    tag = graphene.Field(TagType, slug=graphene.String(required=True))

    def resolve_categories(root, info, **arguments):
        return page(info, CategoryType, selectors.category_rows(), arguments)

    def resolve_category(root, info, slug: str):
        return CategoryType.read_one(info, slug)

    def resolve_products(root, info, **arguments):
        products = selectors.product_rows(user=info.context.user, detailed=True)
        return page(info, ProductType, products, arguments)

    def resolve_product(root, info, slug: str):
        return ProductType.read_one(info, slug)

    def resolve_tags(root, info, **arguments):
        return page(info, TagType, selectors.tag_rows(), arguments)

    def resolve_tag(root, info, slug: str):
        return TagType.read_one(info, slug)
