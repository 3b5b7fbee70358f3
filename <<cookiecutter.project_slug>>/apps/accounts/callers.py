"""Who calls: for views that let no stranger in, and for services of other apps."""

from rest_framework.request import Request
from rest_framework_simplejwt.tokens import Token

from apps.core.errors import NotAuthenticated

from .models import User
from .tokens import SESSION_CLAIM

__all__ = ["User", "caller", "caller_session_id"]


def caller(request: Request) -> User:
    """Return the user who makes a request.

    Raises:
        NotAuthenticated: it is nobody's, though the view's permissions let it in.
    """
    if not isinstance(request.user, User):
        raise NotAuthenticated
    return request.user


def caller_session_id(request: Request) -> str:
    """Return the id of the session that a request's token belongs to.

    Raises:
        NotAuthenticated: the request has no token.
    """
    if not isinstance(request.auth, Token):
        raise NotAuthenticated
    return request.auth[SESSION_CLAIM]
