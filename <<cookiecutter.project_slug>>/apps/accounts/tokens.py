"""Tokens: those in e-mails prove an address, those of the API belong to a session."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core import signing
from django.core.exceptions import ValidationError
from rest_framework_simplejwt.tokens import RefreshToken

from .models import Session, User

SESSION_CLAIM = "sid"
ROLE_CLAIM = "role"
_VERIFICATION_SALT = "accounts.email-verification"


@dataclass(frozen=True)
class TokenPair:
    access: str
    refresh: str


class SessionRefreshToken(RefreshToken):
    """A refresh token whose reuse is judged by `session_refresh`, with its session.

    The stock class refuses a blacklisted token before anyone learns whose it is.
    """

    def check_blacklist(self) -> None:
        pass


def token_pair_issue(session: Session) -> TokenPair:
    refresh = RefreshToken.for_user(session.user)
    refresh[SESSION_CLAIM] = str(session.pk)
    # As of now, for what need not be exact: rates, and reads that are public anyway.
    refresh[ROLE_CLAIM] = session.user.role
    return TokenPair(access=str(refresh.access_token), refresh=str(refresh))


def email_verification_token(user: User) -> str:
    return signing.dumps([str(user.pk), user.email], salt=_VERIFICATION_SALT)


def email_verification_read(token: str) -> tuple[str, str] | None:
    """Return the user's id and the address it proves; None for a bad or old token."""
    max_age = settings.EMAIL_VERIFICATION_TIMEOUT
    try:
        user_id, email = signing.loads(token, salt=_VERIFICATION_SALT, max_age=max_age)
    except signing.BadSignature:
        return None
    return user_id, email


def password_reset_token(user: User) -> str:
    """Return a token that the next log-in or change of password makes worthless."""
    return f"{user.pk.hex}.{default_token_generator.make_token(user)}"


def password_reset_user(token: str) -> User | None:
    """Return whose password the token may set; None for a bad, used or old token."""
    user_id, _, secret = token.partition(".")
    try:
        user = User.objects.filter(pk=user_id, is_active=True).first()
    except ValidationError:
        return None
    valid = user is not None and default_token_generator.check_token(user, secret)
    return user if valid else None
