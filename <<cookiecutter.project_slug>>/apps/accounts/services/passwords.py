"""Changing a known password, resetting a forgotten one."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from apps.core.errors import InvalidInput
from apps.core.messages import message_send

from .. import tokens
from ..models import User
from ..passwords import password_validate
from .sessions import sessions_end_all


@transaction.atomic
def password_change(
    *, user: User, session_id: UUID | str | None, old_password: str, new_password: str
) -> None:
    """Set a new password; every session but the caller's own ends.

    Raises:
        InvalidInput: the old password is wrong, or the new one too weak.
    """
    if not user.check_password(old_password):
        raise InvalidInput(
            code="wrong_password",
            fields={"old_password": ["This is not your password."]},
        )
    _password_set(user, new_password)
    sessions_end_all(user=user, except_session_id=session_id)


def password_reset_request(*, email: str) -> None:
    """Write a link to the address, if a user has it; silent otherwise."""
    email = User.objects.normalize_email(email)
    message_send("accounts.password_reset_email_send", email=email)


@transaction.atomic
def password_reset_confirm(*, token: str, new_password: str) -> None:
    """Set a new password with the link's token; every session ends.

    Whoever opened the link reads that mailbox, so the address counts as verified.

    Raises:
        InvalidInput: the link is forged, used or too old, or the password too weak.
    """
    user = tokens.password_reset_user(token)
    if user is None:
        raise InvalidInput(
            fields={"token": ["This link does not work any more. Ask for a new one."]}
        )
    user.email_verified_at = user.email_verified_at or timezone.now()
    _password_set(user, new_password)
    sessions_end_all(user=user)


def _password_set(user: User, new_password: str) -> None:
    password_validate(new_password, user=user, field="new_password")
    user.set_password(new_password)
    user.save(update_fields=["password", "email_verified_at", "updated_at"])
