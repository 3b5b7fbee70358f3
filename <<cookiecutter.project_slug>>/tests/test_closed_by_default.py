"""Every endpoint asks for log-in but those listed here."""

import pytest
from django.urls import get_resolver
from rest_framework.views import APIView

# Route names that anyone may call, and why that is safe: they are throttled, and what
# they do for a stranger is tested beside each app.
OPEN = {
    "schema",
    "swagger-ui",
    "redoc",
    "auth-register",
    "auth-verify-email",
    "auth-resend-verification",
    "auth-login",
    "auth-refresh",
    "auth-password-reset",
    "auth-password-reset-confirm",
    # % if cookiecutter.use_graphql
    "graphql",
    # % endif
    # % if cookiecutter.use_example
    "category-list",
    "category-detail",
    # % endif
}


def api_routes(resolver=None):
    """Yield (name, view class, actions by method) of every API route."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from api_routes(pattern)
            continue
        view = getattr(pattern.callback, "cls", None) or getattr(
            pattern.callback, "view_class", None
        )
        if view is not None and issubclass(view, APIView):
            yield pattern.name, pattern.callback


ROUTES = dict(api_routes())


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(set(ROUTES) - OPEN))
def test_anonymous_gets_401(api_client, name):
    from django.urls import reverse

    arguments = {"version": "v1"}
    for extra in ({}, {"pk": "0" * 32}, {"slug": "none"}):
        try:
            url = reverse(name, kwargs={**arguments, **extra})
            break
        except Exception:
            continue
    methods = getattr(ROUTES[name], "actions", None) or {"get": "get"}

    for method in methods:
        assert getattr(api_client, method)(url).status_code == 401


def test_the_list_of_open_routes_is_exact():
    assert OPEN <= set(ROUTES)
