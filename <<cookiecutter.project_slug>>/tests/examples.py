"""A request that makes sense for every route: what tests of all routes start from."""

from django.urls import reverse

from apps.accounts.tests.factories import PASSWORD, session_tokens
from apps.accounts.tokens import email_verification_token, password_reset_token

# % if cookiecutter.use_example
from .shop import shop_bodies, shop_build

# % endif
UNVERSIONED = {
    # % if cookiecutter.use_graphql
    "graphql",
    # % endif
    "redoc",
    "schema",
    "swagger-ui",
}


def world_build(owner) -> dict[str, dict]:
    """Put one thing of each kind into the database; return the routes' arguments."""
    routes = {"user-detail": {"pk": owner.pk}}
    # % if cookiecutter.use_example
    routes |= shop_build(owner)
    # % endif
    return routes


def body(method: str, name: str, owner) -> dict | None:
    """Return a body that makes sense, for a role that may send it."""
    address = {"email": owner.email}
    password = {"new_password": "another-horse-battery"}
    bodies = {
        ("patch", "me"): {"full_name": "Ada"},
        ("post", "auth-register"): {"email": "new@example.com", "password": PASSWORD},
        ("post", "auth-verify-email"): {"token": email_verification_token(owner)},
        ("post", "auth-resend-verification"): address,
        ("post", "auth-login"): {**address, "password": PASSWORD},
        ("post", "auth-refresh"): {"refresh": session_tokens(owner).refresh},
        ("post", "auth-password-change"): {"old_password": PASSWORD, **password},
        ("post", "auth-password-reset"): address,
        ("post", "auth-password-reset-confirm"): {
            "token": password_reset_token(owner),
            **password,
        },
        # % if cookiecutter.use_graphql
        ("post", "graphql"): {"query": "{ __typename }"},
        # % endif
    }
    # % if cookiecutter.use_example
    bodies |= shop_bodies()
    # % endif
    return bodies.get((method, name))


def address(name: str, world: dict[str, dict]) -> str:
    version = {} if name in UNVERSIONED else {"version": "v1"}
    return reverse(name, kwargs={**version, **world.get(name, {})})
