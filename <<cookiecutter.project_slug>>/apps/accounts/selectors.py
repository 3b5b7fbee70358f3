"""Reads of users and sessions."""

from uuid import UUID

from django.db.models import QuerySet

from .models import Session, User


def user_list() -> QuerySet[User]:
    """Every user with the groups their role is read from: two queries a page."""
    return User.objects.prefetch_related("groups")


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
