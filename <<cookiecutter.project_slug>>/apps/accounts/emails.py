"""The e-mails of accounts: sent after commit, from templates.

They repeat nothing that whoever registered an address typed, or a stranger could make
this server write anything to anyone.
"""

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string

from . import tokens
from .models import User


def send_verification(user: User) -> None:
    link = _link("verify-email", tokens.email_verification_token(user))
    _send(user, "Verify your e-mail address", "verification", link)


def send_already_registered(user: User) -> None:
    link = f"{settings.FRONTEND_URL}/reset-password"
    _send(user, "You already have an account", "already_registered", link)


def send_password_reset(user: User) -> None:
    link = _link("reset-password", tokens.password_reset_token(user))
    _send(user, "Reset your password", "password_reset", link)


def _link(page: str, token: str) -> str:
    return f"{settings.FRONTEND_URL}/{page}?token={token}"


def _send(user: User, subject: str, template: str, link: str) -> None:
    """Queue one e-mail for after the commit; a failure is logged, not raised.

    The user can ask again, and an answer that depended on the mail server, or waited
    for it, would tell which addresses are registered.
    """
    body = render_to_string(f"accounts/emails/{template}.txt", {"link": link})

    def send() -> None:
        send_mail(subject, body, None, [user.email])

    transaction.on_commit(send, robust=True)
