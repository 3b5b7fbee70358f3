"""Reads of users and sessions."""

from uuid import UUID

from django.db.models import Q, QuerySet

# % if cookiecutter.use_celery
from apps.core.policies import ADMIN, MANAGER

# % endif
from .models import Session, User


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
    staff = superusers | User.objects.filter(groups__name__in=[MANAGER, ADMIN])
    return staff.filter(is_active=True, email_verified_at__isnull=False).distinct()


# % endif
def session_get_active(*, session_id: str | None) -> Session | None:
    """Return the session with its user, or None when either may act no more."""
    try:
        key = UUID(str(session_id))
    except ValueError:
        return None
    return (
        Session.objects.select_related("user")
        .filter(pk=key, revoked_at=None, user__is_active=True)
        .first()
    )
