"""What GraphQL reads of the catalog."""

import graphene

from .. import selectors
from .types import CategoryType

MAX_FIRST = 100
DEFAULT_FIRST = 20


class Query(graphene.ObjectType):
    categories = graphene.List(
        graphene.NonNull(CategoryType),
        first=graphene.Int(
            default_value=DEFAULT_FIRST, description=f"At most {MAX_FIRST}."
        ),
        required=True,
    )

    def resolve_categories(root, info, first):
        # An explicit null takes the place of the default.
        first = DEFAULT_FIRST if first is None else first
        return selectors.category_rows()[: max(0, min(first, MAX_FIRST))]
