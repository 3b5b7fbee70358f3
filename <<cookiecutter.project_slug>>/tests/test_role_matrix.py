"""Who may do what: every endpoint and method for every role, in one table.

A route that is missing here fails the tests, so that nobody forgets to decide.
"""

from functools import partial

import pytest
from django.db import transaction
from django.urls import reverse
from drf_spectacular.generators import SchemaGenerator

from apps.accounts.tests.factories import PASSWORD, UserFactory, session_tokens
from apps.accounts.tokens import email_verification_token, password_reset_token

# % if cookiecutter.use_example
from apps.catalog.tests.factories import (
    CategoryFactory,
    ProductFactory,
    ReviewFactory,
    TagFactory,
    picture,
    upload,
)
from apps.orders.tests.factories import OrderFactory, OrderLineFactory

# % endif
from .test_closed_by_default import ROUTES

# Users, reviews and orders that the table is about belong to "owner"; "member" is
# somebody else.
ROLES = ("anonymous", "member", "owner", "manager", "admin")
TABLE = {
    ("get", "schema"): (200, 200, 200, 200, 200),
    ("get", "schema-of-version"): (200, 200, 200, 200, 200),
    ("get", "swagger-ui"): (200, 200, 200, 200, 200),
    ("get", "redoc"): (200, 200, 200, 200, 200),
    # % if cookiecutter.use_graphql
    ("post", "graphql"): (200, 200, 200, 200, 200),
    # % endif
    ("get", "me"): (401, 200, 200, 200, 200),
    ("patch", "me"): (401, 200, 200, 200, 200),
    ("post", "auth-register"): (202, 202, 202, 202, 202),
    ("post", "auth-verify-email"): (204, 204, 204, 204, 204),
    ("post", "auth-resend-verification"): (202, 202, 202, 202, 202),
    ("post", "auth-login"): (200, 200, 200, 200, 200),
    ("post", "auth-refresh"): (200, 200, 200, 200, 200),
    ("post", "auth-logout"): (401, 204, 204, 204, 204),
    ("post", "auth-logout-all"): (401, 204, 204, 204, 204),
    ("post", "auth-password-change"): (401, 204, 204, 204, 204),
    ("post", "auth-password-reset"): (202, 202, 202, 202, 202),
    ("post", "auth-password-reset-confirm"): (204, 204, 204, 204, 204),
    ("get", "user-list"): (401, 403, 403, 403, 200),
    ("get", "user-detail"): (401, 403, 403, 403, 200),
    # % if cookiecutter.use_example
    ("get", "category-list"): (200, 200, 200, 200, 200),
    ("post", "category-list"): (401, 403, 403, 201, 201),
    ("get", "category-detail"): (200, 200, 200, 200, 200),
    ("patch", "category-detail"): (401, 403, 403, 200, 200),
    ("delete", "category-detail"): (401, 403, 403, 204, 204),
    ("get", "tag-list"): (200, 200, 200, 200, 200),
    ("get", "tag-detail"): (200, 200, 200, 200, 200),
    ("get", "product-list"): (200, 200, 200, 200, 200),
    ("post", "product-list"): (401, 403, 403, 201, 201),
    ("post", "product-prices"): (401, 403, 403, 200, 200),
    ("get", "product-detail"): (200, 200, 200, 200, 200),
    ("put", "product-detail"): (401, 403, 403, 200, 200),
    ("patch", "product-detail"): (401, 403, 403, 200, 200),
    ("delete", "product-detail"): (401, 403, 403, 204, 204),
    ("put", "product-image"): (401, 403, 403, 200, 200),
    ("get", "product-review-list"): (200, 200, 200, 200, 200),
    ("post", "product-review-list"): (401, 201, 409, 201, 201),
    ("patch", "review-detail"): (401, 403, 200, 403, 200),
    ("delete", "review-detail"): (401, 403, 204, 403, 204),
    ("get", "order-list"): (401, 200, 200, 200, 200),
    ("post", "order-list"): (401, 201, 201, 201, 201),
    ("get", "order-detail"): (401, 404, 200, 200, 200),
    ("post", "order-cancel"): (401, 404, 200, 200, 200),
    ("post", "order-move"): (401, 403, 403, 200, 200),
    ("get", "sales-report"): (401, 403, 403, 200, 200),
    # % endif
}
PATHS = {name: path for _, name, path in ROUTES}
METHODS = {"get", "post", "put", "patch", "delete"}


@pytest.fixture
def owner(db):
    return UserFactory(email="owner@example.com")


@pytest.fixture
def world(owner) -> dict[str, dict]:
    """Put one thing of each kind into the database; return routes' arguments."""
    routes = {"user-detail": {"pk": owner.pk}}
    # % if cookiecutter.use_example
    CategoryFactory(name="Empty")
    TagFactory(name="Red")
    lamp = ProductFactory(name="Lamp", category=CategoryFactory(name="Home"))
    review = ReviewFactory(product=ProductFactory(name="Desk"), author=owner)
    review.product.rating_count, review.product.rating_sum = 1, review.rating
    review.product.save()
    order = OrderFactory(customer=owner)
    OrderLineFactory(order=order, product=review.product)
    routes |= {
        "category-detail": {"slug": "empty"},
        "tag-detail": {"slug": "red"},
        "product-detail": {"slug": lamp.slug},
        "product-image": {"slug": lamp.slug},
        "product-review-list": {"product_slug": review.product.slug},
        "review-detail": {"pk": review.pk},
        "order-detail": {"reference": order.reference},
        "order-cancel": {"reference": order.reference},
        "order-move": {"reference": order.reference},
    }
    # % endif
    return routes


def body(method: str, name: str, owner):
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
    product = {"sku": "NEW", "name": "New", "price": "1.00", "category": "home"}
    bodies |= {
        ("post", "category-list"): {"name": "New"},
        ("patch", "category-detail"): {"name": "New"},
        ("post", "product-list"): product,
        ("put", "product-detail"): product,
        ("patch", "product-detail"): {"stock": 1},
        ("post", "product-prices"): {"prices": [{"slug": "lamp", "price": "1.00"}]},
        ("post", "product-review-list"): {"rating": 5},
        ("patch", "review-detail"): {"rating": 5},
        ("post", "order-list"): {"lines": [{"product": "lamp", "quantity": 1}]},
        ("post", "order-move"): {"status": "paid"},
    }
    if name == "product-image":
        return {"image": upload(picture())}
    # % endif
    return bodies.get((method, name))


def address(name: str, world: dict[str, dict]) -> str:
    version = {"version": "v1"} if PATHS[name].startswith("/api/v1/") else {}
    return reverse(name, kwargs={**version, **world.get(name, {})})


@pytest.fixture
def clients(api_client, auth_client, user, owner, manager, admin) -> list:
    return [api_client, *map(auth_client, (user, owner, manager, admin))]


def test_the_table_is_complete():
    assert set(TABLE) == {(method, name) for method, name, _ in ROUTES}
    assert all(len(row) == len(ROLES) for row in TABLE.values())


@pytest.fixture
def quick_schema(monkeypatch):
    """Who may read the schema is the question, not the seconds it takes to write."""
    monkeypatch.setattr(SchemaGenerator, "get_schema", lambda *args, **kwargs: {})


@pytest.mark.usefixtures("quick_schema")
@pytest.mark.parametrize(("method", "name"), TABLE)
def test_who_may(clients, owner, world, method, name):
    url = address(name, world)
    multipart = {"format": "multipart"} if name == "product-image" else {}
    statuses = []
    for client in clients:
        with transaction.atomic():
            call = partial(getattr(client, method), url, **multipart)
            statuses.append(call(data=body(method, name, owner)).status_code)
            transaction.set_rollback(True)

    assert dict(zip(ROLES, statuses, strict=True)) == dict(
        zip(ROLES, TABLE[method, name], strict=True)
    )


@pytest.mark.parametrize("name", sorted({name for _, name in TABLE}))
def test_no_other_method(auth_client, admin, world, name):
    """405, and `Allow` says which there are."""
    client, url = auth_client(admin), address(name, world)
    known = {method for method, route in TABLE if route == name}

    for method in METHODS - known:
        response = getattr(client, method)(url)
        assert response.status_code == 405, method
        assert response.data["errors"][0]["code"] == "method_not_allowed"
        allowed = {word.lower() for word in response.headers["Allow"].split(", ")}
        assert allowed - {"head", "options"} == known
