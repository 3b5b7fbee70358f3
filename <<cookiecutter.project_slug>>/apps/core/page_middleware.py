"""Middleware that pages need, out of the API's way.

Where tokens speak no session is looked for, so that no cookie can speak there, and
nobody pays for it. Django's protection against forgery stays where it is.
"""

import re
from functools import cache, cached_property

from csp.constants import HEADER
from csp.middleware import CSPMiddleware as _CSPMiddleware
from csp.middleware import PolicyParts
from csp.utils import build_policy
from django.conf import settings
from django.contrib.auth import middleware as auth
from django.contrib.messages import middleware as messages
from django.contrib.sessions import middleware as sessions
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.deprecation import MiddlewareMixin


def _for_tokens(request: HttpRequest) -> bool:
    return _token_urls().match(request.path_info) is not None


@cache
def _token_urls() -> re.Pattern:
    return re.compile(settings.TOKEN_URLS_REGEX)


class _PagesOnly(MiddlewareMixin):
    def __call__(self, request: HttpRequest):
        if _for_tokens(request):
            return self.get_response(request)
        return super().__call__(request)


class SessionMiddleware(_PagesOnly, sessions.SessionMiddleware):
    pass


class AuthenticationMiddleware(_PagesOnly, auth.AuthenticationMiddleware):
    pass


class MessageMiddleware(_PagesOnly, messages.MessageMiddleware):
    pass


class CSPMiddleware(_CSPMiddleware):
    """Builds the policy anew for pages alone, which may have changed it."""

    @cached_property
    def _policy(self) -> str:
        return build_policy()

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        changed = self.get_policy_parts(request, response) != PolicyParts()
        exempt = hasattr(response, "_csp_exempt")
        if changed or exempt or not _for_tokens(request):
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, self._policy)
        return response
