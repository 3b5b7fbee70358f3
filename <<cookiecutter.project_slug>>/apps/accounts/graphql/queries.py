"""What GraphQL reads of users."""

import graphene

from apps.core.graphql.connections import ConnectionField, page
from apps.core.graphql.permissions import permissions_check
from apps.core.permissions import IsAdmin

from .. import rows as selectors
from .types import UserType


class Query(graphene.ObjectType):
    me = graphene.Field(UserType, description="The caller; null when not logged in.")
    users = ConnectionField(UserType, description="For administrators.")
    user = graphene.Field(
        UserType, id=graphene.ID(required=True), description="For administrators."
    )

    def resolve_me(root, info):
        user = info.context.user
        return UserType.read_one(info, str(user.pk)) if user.is_authenticated else None

    def resolve_users(root, info, **arguments):
        permissions_check(info, [IsAdmin])
        return page(info, UserType, selectors.user_rows(), arguments)

    def resolve_user(root, info, id: str):
        permissions_check(info, [IsAdmin])
        return UserType.read_id(info, id)
