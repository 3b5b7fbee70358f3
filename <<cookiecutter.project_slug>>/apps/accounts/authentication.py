"""Bearer tokens for every door: a token speaks only while its session lives."""

from drf_spectacular.contrib.rest_framework_simplejwt import SimpleJWTScheme
from rest_framework.exceptions import AuthenticationFailed
from rest_framework_simplejwt.authentication import JWTAuthentication

from .models import User
from .selectors import session_get_active
from .tokens import SESSION_CLAIM


class SessionJWTAuthentication(JWTAuthentication):
    """JWT, with the session checked on each request.

    One query fetches session and user together, as many as the stock class needs for
    the user alone; in exchange logging out works at once, everywhere.
    """

    def get_user(self, validated_token) -> User:
        session = session_get_active(session_id=validated_token.get(SESSION_CLAIM))
        if session is None:
            raise AuthenticationFailed(
                "This session has ended. Log in again.", code="session_ended"
            )
        return session.user


class SessionJWTScheme(SimpleJWTScheme):
    """How the OpenAPI schema describes it."""

    target_class = SessionJWTAuthentication
    name = "bearerAuth"
