"""Reads of users and sessions."""

from uuid import UUID

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When

from apps.core import policies

from .models import Session, User
from .roles import ROLES


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
def session_get_active(*, session_id: str | None) -> Session | None:
    """Return the session with its user, or None when either may act no more.

    The user knows their role already: all of it is one query.
    """
    try:
        key = UUID(str(session_id))
        session = _SESSIONS.get(pk=key, revoked_at=None, user__is_active=True)
    except (ValueError, Session.DoesNotExist):
        return None
    session.user.role = session.user_role
    return session


def _highest_role() -> Case:
    """What `User.role` says, in SQL, of a session's user."""
    memberships = User.groups.through.objects.filter(user_id=OuterRef("user_id"))
    lowest, *others = ROLES
    held = (
        When(Exists(memberships.filter(group__name=role.name)), then=Value(role.name))
        for role in reversed(others)
    )
    superuser = When(user__is_superuser=True, then=Value(policies.ADMIN))
    return Case(superuser, *held, default=Value(lowest.name))


_SESSIONS = Session.objects.select_related("user").annotate(user_role=_highest_role())
