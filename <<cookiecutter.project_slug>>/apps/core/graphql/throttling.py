"""Rates of single mutations, where one request may hold many of them.

    def mutate(root, info, email, password):
        throttle(info, "auth")
        return LogIn(tokens=services.session_start(...))

The scopes, and the counts, are those of REST's `throttle_scope`: a caller has one
budget for both doors, and twenty aliases of a mutation are twenty calls.
"""

from math import ceil
from types import SimpleNamespace

from graphql import GraphQLResolveInfo

from ..errors import RateLimited
from ..throttling import ScopedRateThrottle


def throttle(info: GraphQLResolveInfo, scope: str) -> None:
    """Count one call of this scope.

    Raises:
        RateLimited: the caller has no call left in this window.
    """
    rate = ScopedRateThrottle()
    if not rate.allow_request(info.context, SimpleNamespace(throttle_scope=scope)):
        raise RateLimited(retry_after=ceil(rate.wait()))
