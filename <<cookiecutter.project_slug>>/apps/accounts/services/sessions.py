"""Opening, continuing and ending sessions."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.contrib.auth import user_logged_in
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from rest_framework_simplejwt.exceptions import TokenError
from rest_framework_simplejwt.token_blacklist.models import (
    BlacklistedToken,
    OutstandingToken,
)

from apps.core.errors import AuthenticationFailed, Forbidden
from apps.core.http import client_ip

from ..lockout import credentials_check
from ..models import Session, User
from ..tokens import SESSION_CLAIM, SessionRefreshToken, TokenPair, token_pair_issue


def session_open(*, request: HttpRequest, email: str, password: str) -> TokenPair:
    """Log in: check the credentials, start a session, return its first tokens.

    Raises:
        AuthenticationFailed: the address or the password is wrong.
        RateLimited: too many wrong passwords.
        Forbidden: right, but the address is not verified yet.
    """
    user = credentials_check(request=request, email=email, password=password)
    if user.email_verified_at is None:
        raise Forbidden("Verify your e-mail address first.", code="email_not_verified")
    with transaction.atomic():
        session = Session.objects.create(
            user=user,
            user_agent=request.headers.get("User-Agent", "")[:255],
            ip_address=client_ip(request) or None,
        )
        pair = token_pair_issue(session)
    user_logged_in.send(sender=User, request=request, user=user)
    return pair


def session_refresh(*, refresh: str) -> TokenPair:
    """Exchange a refresh token for a new pair; the old one is spent.

    A token that comes a second time was stolen, from or by whoever sent it first, so
    its whole session ends. The access token in use stays good until it expires.

    Raises:
        AuthenticationFailed: the token is no good, or its session has ended.
    """
    try:
        # Its own annotation says that it takes a token; it takes the text of one.
        token = SessionRefreshToken(refresh)  # type: ignore[arg-type]
    except TokenError as error:
        raise AuthenticationFailed(
            "This refresh token is not valid.", code="token_not_valid"
        ) from error
    pair = _rotate(token)
    if pair is None:
        raise AuthenticationFailed(
            "This session has ended. Log in again.", code="session_ended"
        )
    return pair


@transaction.atomic
def _rotate(token: SessionRefreshToken) -> TokenPair | None:
    """Return the next pair. None, committed, when the session is over by now.

    The lock on the session makes two requests with one token come one after the other.
    """
    session = (
        Session.objects.select_for_update(of=["self"])
        .select_related("user")
        .filter(pk=token.get(SESSION_CLAIM), revoked_at=None, user__is_active=True)
        .first()
    )
    if session is None:
        return None
    if BlacklistedToken.objects.filter(token__jti=token["jti"]).exists():
        session_end(session_id=session.pk)
        return None
    token.blacklist()
    session.last_used_at = timezone.now()
    session.save(update_fields=["last_used_at"])
    return token_pair_issue(session)


def session_end(*, session_id: UUID | str) -> None:
    """Log out: the session's tokens, access and refresh, are worthless from now on."""
    _end(Session.objects.filter(pk=session_id))


def sessions_end_all(
    *, user: User, except_session_id: UUID | str | None = None
) -> None:
    """Log out everywhere, or everywhere else."""
    sessions = user.sessions.all()
    if except_session_id is not None:
        sessions = sessions.exclude(pk=except_session_id)
    _end(sessions)


def _end(sessions: QuerySet[Session]) -> None:
    sessions.filter(revoked_at=None).update(revoked_at=timezone.now())


def expired_tokens_purge(*, now: datetime | None = None) -> int:
    """Delete tokens that expired by `now` and sessions that none can continue.

    Returns:
        How many rows went.
    """
    now = now or timezone.now()
    idle_since = now - settings.SIMPLE_JWT["REFRESH_TOKEN_LIFETIME"]
    tokens, _ = OutstandingToken.objects.filter(expires_at__lte=now).delete()
    sessions, _ = Session.objects.filter(last_used_at__lte=idle_since).delete()
    return tokens + sessions
