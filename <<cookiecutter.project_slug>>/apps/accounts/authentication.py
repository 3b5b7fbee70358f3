"""Bearer tokens for every door: a token speaks only while its session lives."""

from functools import lru_cache

from drf_spectacular.contrib.rest_framework_simplejwt import SimpleJWTScheme
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import SAFE_METHODS
from rest_framework_simplejwt.authentication import JWTAuthentication
from rest_framework_simplejwt.exceptions import InvalidToken, TokenError
from rest_framework_simplejwt.models import TokenUser
from rest_framework_simplejwt.tokens import Token
from rest_framework_simplejwt.utils import aware_utcnow
from structlog.contextvars import bind_contextvars

from apps.core.policies import MEMBER

from .models import User
from .selectors import session_get_user
from .tokens import ROLE_CLAIM, SESSION_CLAIM


class TokenMember(TokenUser):
    """A member as the token's signature alone describes them; no query was made."""

    role = MEMBER

    def has_role(self, name: str) -> bool:
        return name == MEMBER


class SessionJWTAuthentication(JWTAuthentication):
    """JWT, with the session checked on each request.

    One query fetches session, user and role together, as many as the stock class needs
    for the user alone; in exchange logging out works at once, everywhere. Only where a
    member reads what strangers may read as well (`public_reads`) is it not worth one.
    """

    def authenticate(self, request):
        view = (request.parser_context or {}).get("view")
        self.public = (
            getattr(view, "public_reads", False) and request.method in SAFE_METHODS
        )
        found = super().authenticate(request)
        if found:
            # Lines logged from here on name the caller.
            bind_contextvars(user_id=found[0].pk)
        return found

    def get_validated_token(self, raw_token: bytes) -> Token:
        try:
            token = _signed(raw_token)
            # Of all that was checked, this alone changes.
            token.check_exp(current_time=aware_utcnow())
        except (InvalidToken, TokenError) as error:
            # The stock error lists every class of token that it tried.
            raise AuthenticationFailed(
                "This token is not valid, or not any more.", code="token_not_valid"
            ) from error
        return token

    # The stock one answers with a type variable that nothing binds.
    def get_user(  # type: ignore[override]
        self, validated_token: Token
    ) -> User | TokenMember:
        if self.public and validated_token.get(ROLE_CLAIM) == MEMBER:
            return TokenMember(validated_token)
        user = session_get_user(session_id=validated_token.get(SESSION_CLAIM))
        if user is None:
            raise AuthenticationFailed(
                "This session has ended. Log in again.", code="session_ended"
            )
        return user


@lru_cache(maxsize=1024)
def _signed(raw_token: bytes) -> Token:
    """Check a token's signature and claims: once, since its clients send it often."""
    return JWTAuthentication().get_validated_token(raw_token)


class SessionJWTScheme(SimpleJWTScheme):
    """How the OpenAPI schema describes it."""

    target_class = "apps.accounts.authentication.SessionJWTAuthentication"
    name = "bearerAuth"
