"""What GraphQL shows of the catalog."""

import graphene


class CategoryType(graphene.ObjectType):
    """The same fields as REST's `CategoryOutput`."""

    slug = graphene.String(required=True)
    name = graphene.String(required=True)

    class Meta:
        name = "Category"
