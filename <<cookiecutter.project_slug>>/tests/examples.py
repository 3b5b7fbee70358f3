"""A request that makes sense for every route: what tests of all routes start from."""

# % if cookiecutter.use_example
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile

# % endif
from django.urls import reverse

# % if cookiecutter.use_example
from PIL import Image

# % endif
from apps.accounts.tests.factories import PASSWORD, session_tokens
from apps.accounts.tokens import email_verification_token, password_reset_token

# % if cookiecutter.use_example
from apps.catalog.tests.factories import (
    CategoryFactory,
    ProductFactory,
    ReviewFactory,
    TagFactory,
)
from apps.orders.tests.factories import OrderFactory, OrderLineFactory

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
    product = {
        "sku": "NEW",
        "name": "New",
        "description": "Newer than new.",
        "price": "1.00",
        "currency": "EUR",
        "stock": 3,
        "is_active": True,
        "category": "home",
        "tags": ["red"],
    }
    bodies |= {
        ("post", "category-list"): {"name": "New", "parent": "home"},
        ("patch", "category-detail"): {"name": "New"},
        ("post", "product-list"): product,
        ("put", "product-detail"): product,
        ("patch", "product-detail"): {"stock": 1},
        ("post", "product-prices"): {"prices": [{"slug": "lamp", "price": "1.00"}]},
        ("post", "product-review-list"): {"rating": 5, "text": "Fine."},
        ("patch", "review-detail"): {"rating": 5, "text": "Fine."},
        ("post", "order-list"): {"lines": [{"product": "lamp", "quantity": 1}]},
        ("post", "order-move"): {"status": "paid"},
    }
    if name == "product-image":
        picture = BytesIO()
        Image.new("RGB", (8, 8)).save(picture, "PNG")
        return {"image": SimpleUploadedFile("a.png", picture.getvalue(), "image/png")}
    # % endif
    return bodies.get((method, name))


def address(name: str, world: dict[str, dict]) -> str:
    version = {} if name in UNVERSIONED else {"version": "v1"}
    return reverse(name, kwargs={**version, **world.get(name, {})})
