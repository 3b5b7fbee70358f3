"""Every endpoint and method asks for log-in but those listed here."""

import re
from uuid import UUID

import pytest
from django.urls import URLPattern, get_resolver
from rest_framework.views import APIView

METHODS = ("get", "post", "put", "patch", "delete")

# What anyone may call. It is throttled, and what it does for a stranger is tested
# beside each app.
OPEN = {
    ("get", "schema"),
    ("get", "schema-of-version"),
    ("get", "swagger-ui"),
    ("get", "redoc"),
    ("post", "auth-register"),
    ("post", "auth-verify-email"),
    ("post", "auth-resend-verification"),
    ("post", "auth-login"),
    ("post", "auth-refresh"),
    ("post", "auth-password-reset"),
    ("post", "auth-password-reset-confirm"),
    # % if cookiecutter.use_graphql
    ("post", "graphql"),
    # % endif
    # % if cookiecutter.use_example
    ("get", "category-list"),
    ("get", "category-detail"),
    ("get", "product-list"),
    ("get", "product-detail"),
    ("get", "product-review-list"),
    ("get", "tag-list"),
    ("get", "tag-detail"),
    # % endif
    # % if cookiecutter.use_celery and cookiecutter.use_example
    ("get", "export-download"),
    # % endif
    # % if cookiecutter.use_celery
    ("get", "rate-list"),
    # % endif
}


def api_routes(patterns, prefix=""):
    """Yield (method, name, path) of every API view; groups in paths become `0`."""
    for pattern in patterns:
        path = f"{prefix}{pattern.pattern}"
        if not isinstance(pattern, URLPattern):
            yield from api_routes(pattern.url_patterns, path)
            continue
        view = getattr(pattern.callback, "cls", object)
        if issubclass(view, APIView):
            actions = getattr(pattern.callback, "actions", None)
            for method in METHODS:
                if method in actions if actions else hasattr(view, method):
                    yield method, pattern.name, _example(path)


def _example(path: str) -> str:
    path = path.replace("<str:version>", "v1").replace("^", "").replace("/?$", "")
    path = re.sub(r"<uuid:\w+>", str(UUID(int=0)), path)
    path = re.sub(r"\(\?P<\w+>[^)]*\)|<\w+:\w+>", "0", path)
    return "/" + path.replace("$", "").replace("\\Z", "")


ROUTES = list(api_routes(get_resolver().url_patterns))
CLOSED = [route for route in ROUTES if route[:2] not in OPEN]


@pytest.mark.django_db
@pytest.mark.parametrize(("method", "name", "path"), CLOSED)
def test_anonymous_gets_401(api_client, method, name, path):
    assert getattr(api_client, method)(path).status_code == 401


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("method", "name", "path"), [route for route in ROUTES if route[:2] in OPEN]
)
def test_anonymous_callers_are_throttled(api_client, settings, method, name, path):
    rates = settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"]
    settings.REST_FRAMEWORK = {
        **settings.REST_FRAMEWORK,
        "DEFAULT_THROTTLE_RATES": {**rates, "anon": "1/day"},
    }
    call = getattr(api_client, method)

    first, second = call(path), call(path)

    assert first.status_code != 429
    assert second.status_code == 429
    assert int(second.headers["Retry-After"]) > 0


def test_the_list_of_open_routes_is_exact():
    assert OPEN <= {route[:2] for route in ROUTES}
