"""Reads of users and sessions."""

from operator import attrgetter
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from apps.core import policies

from .models import Session, User
from .roles import highest


def user_list() -> QuerySet[User]:
    """Every user with the groups their role is read from: two queries a page."""
    return User.objects.prefetch_related("groups")


def user_search(*, users: QuerySet, text: str) -> QuerySet:
    """Narrow to the users whose e-mail address or name holds each of these words."""
    for word in text.split():
        users = users.filter(Q(email__icontains=word) | Q(full_name__icontains=word))
    return users


# % if cookiecutter.use_celery
def staff_list() -> QuerySet[User]:
    """Managers and administrators who can be written to: active, address proven."""
    superusers = User.objects.filter(is_superuser=True)
    staff = superusers | User.objects.filter(
        groups__name__in=[policies.MANAGER, policies.ADMIN]
    )
    return staff.filter(is_active=True, email_verified_at__isnull=False).distinct()


# % endif
def session_get_user(*, session_id: str | None) -> User | None:
    """Return whom a session speaks for, or None when either may act no more.

    They know their role already: all of it is one query, a row for each group.
    """
    try:
        key = Session._meta.pk.get_db_prep_value(UUID(str(session_id)), connection)
    except ValueError:
        return None
    rows = list(User.objects.raw(_USER_AND_GROUPS, [key]))
    if not rows:
        return None
    user, groups = rows[0], map(attrgetter("group_name"), rows)
    user.role = policies.ADMIN if user.is_superuser else highest(groups)
    return user


# In SQL, since it is asked on nearly every request, and to put it together takes the
# ORM three times as long as the rest of it.
_USER_AND_GROUPS = """
    SELECT accounts_user.*, auth_group.name AS group_name
    FROM accounts_session
    JOIN accounts_user ON accounts_user.id = accounts_session.user_id
    LEFT JOIN accounts_user_groups ON accounts_user_groups.user_id = accounts_user.id
    LEFT JOIN auth_group ON auth_group.id = accounts_user_groups.group_id
    WHERE accounts_session.id = %s
        AND accounts_session.revoked_at IS NULL
        AND accounts_user.is_active
"""
