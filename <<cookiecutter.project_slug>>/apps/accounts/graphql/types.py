"""What GraphQL shows of users."""

from uuid import UUID

import graphene

from apps.core import policies
from apps.core.graphql.rows import NodeRow
from apps.core.graphql.scalars import DateTime

from .. import rows as selectors
from ..api import serializers
from ..api.filters import USER_ORDERING, UserFilter


class UserType(NodeRow):
    """Administrators see every user, everybody else themselves."""

    key = "id"
    key_type = UUID
    filterset = UserFilter
    ordering = USER_ORDERING

    is_active = graphene.Boolean(description="For administrators; null to others.")
    last_login = DateTime(description="For administrators; null to others.")

    class Meta:
        name = "User"
        serializer = serializers.UserOutput
        leave_out = ["id"]

    @classmethod
    def find(cls, info, keys: list) -> list[dict]:
        caller = info.context.user
        if not policies.is_admin(caller):
            keys = [key for key in keys if key == caller.pk]
        return cls.complete(info, list(selectors.users_by_id(ids=keys)))

    @classmethod
    def complete(cls, info, rows: list[dict]) -> list[dict]:
        if not policies.is_admin(info.context.user):
            for row in rows:
                row |= {"is_active": None, "last_login": None}
        return selectors.user_rows_complete(rows=rows)
