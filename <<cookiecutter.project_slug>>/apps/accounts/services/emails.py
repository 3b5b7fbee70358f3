"""The e-mails of accounts.

Each looks the user up when it is sent, so that an answer takes as long whether or not
an address is registered. None repeats what whoever registered an address typed, or a
stranger could make this server write anything to anyone. A link's token is made here,
and stands nowhere but in the mailbox.
"""

from django.conf import settings

from apps.core.emails import email_send

from .. import tokens
from ..models import User


def verification_email_send(*, email: str) -> None:
    """Write to the address, if there is anything left to verify."""
    user = _user(email=email, email_verified_at=None)
    if user is not None:
        link = _link("verify-email", tokens.email_verification_token(user))
        _send(user, "Verify your e-mail address", "verification", link)


def already_registered_email_send(*, email: str) -> None:
    """Tell the mailbox's owner that somebody tried to register the address again."""
    user = _user(email=email)
    if user is not None:
        link = f"{settings.FRONTEND_URL}/reset-password"
        _send(user, "You already have an account", "already_registered", link)


def password_reset_email_send(*, email: str) -> None:
    """Write a link to the address, if a user has it."""
    user = _user(email=email)
    if user is not None:
        link = _link("reset-password", tokens.password_reset_token(user))
        _send(user, "Reset your password", "password_reset", link)


def _user(**wanted: str | None) -> User | None:
    return User.objects.filter(is_active=True, **wanted).first()


def _link(page: str, token: str) -> str:
    return f"{settings.FRONTEND_URL}/{page}?token={token}"


def _send(user: User, subject: str, template: str, link: str) -> None:
    template = f"accounts/emails/{template}"
    email_send(to=user.email, subject=subject, template=template, link=link)
