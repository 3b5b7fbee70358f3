"""What GraphQL reads of users."""

import graphene

from .types import UserType


class Query(graphene.ObjectType):
    me = graphene.Field(UserType, description="The caller; null when not logged in.")

    def resolve_me(root, info):
        user = info.context.user
        return user if user.is_authenticated else None
