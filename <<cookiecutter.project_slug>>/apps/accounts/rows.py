"""Users as rows, for GraphQL: one query for them, one for the groups of all."""

from collections import defaultdict
from collections.abc import Collection

from django.db.models import QuerySet

from apps.core.policies import ADMIN

from . import roles
from .models import User

_COLUMNS = (
    "id",
    "email",
    "full_name",
    "email_verified_at",
    "created_at",
    "is_active",
    "is_superuser",
    "last_login",
)


def user_rows() -> QuerySet:
    return User.objects.values(*_COLUMNS)


def users_by_id(*, ids: Collection) -> QuerySet:
    return user_rows().filter(pk__in=ids)


def user_rows_complete(*, rows: list[dict]) -> list[dict]:
    """Return rows of `user_rows` with their roles."""
    groups = defaultdict(list)
    pairs = User.groups.through.objects.filter(user__in=[row["id"] for row in rows])
    for user, group in pairs.values_list("user_id", "group__name"):
        groups[user].append(group)
    for row in rows:
        role = roles.highest(groups[row["id"]])
        row["role"] = ADMIN if row["is_superuser"] else role
    return rows
