"""What GraphQL reads of the catalog."""

import graphene

from .. import selectors
from .types import CategoryType

MAX_FIRST = 100


class Query(graphene.ObjectType):
    categories = graphene.List(
        graphene.NonNull(CategoryType),
        first=graphene.Int(default_value=20, description=f"At most {MAX_FIRST}."),
        required=True,
    )

    def resolve_categories(root, info, first):
        return selectors.category_rows()[: max(0, min(first, MAX_FIRST))]
