"""The example's part of `examples.py`."""

from apps.catalog.tests.factories import (
    CategoryFactory,
    ProductFactory,
    ReviewFactory,
    TagFactory,
    picture,
    upload,
)
from apps.orders.tests.factories import OrderFactory, OrderLineFactory

# % if cookiecutter.use_celery
from .exports import exports_bodies, exports_build

# % endif
PRODUCT = {
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


def shop_build(owner) -> dict[str, dict]:
    CategoryFactory(name="Empty")
    TagFactory(name="Red")
    lamp = ProductFactory(name="Lamp", category=CategoryFactory(name="Home"))
    review = ReviewFactory(product=ProductFactory(name="Desk"), author=owner)
    review.product.rating_count, review.product.rating_sum = 1, review.rating
    review.product.save()
    order = OrderFactory(customer=owner)
    OrderLineFactory(order=order, product=review.product)
    return {
        "category-detail": {"slug": "empty"},
        "tag-detail": {"slug": "red"},
        "product-detail": {"slug": lamp.slug},
        "product-image": {"slug": lamp.slug},
        "product-review-list": {"product_slug": review.product.slug},
        "review-detail": {"pk": review.pk},
        "order-detail": {"reference": order.reference},
        "order-cancel": {"reference": order.reference},
        "order-move": {"reference": order.reference},
        # % if cookiecutter.use_celery
        **exports_build(owner),
        # % endif
    }


def shop_bodies() -> dict[tuple[str, str], dict]:
    return {
        ("post", "category-list"): {"name": "New", "parent": "home"},
        ("patch", "category-detail"): {"name": "New"},
        ("post", "product-list"): PRODUCT,
        ("put", "product-detail"): PRODUCT,
        ("patch", "product-detail"): {"stock": 1},
        ("post", "product-prices"): {"prices": [{"slug": "lamp", "price": "1.00"}]},
        ("put", "product-image"): {"image": upload(picture())},
        ("post", "product-review-list"): {"rating": 5, "text": "Fine."},
        ("patch", "review-detail"): {"rating": 5, "text": "Fine."},
        ("post", "order-list"): {"lines": [{"product": "lamp", "quantity": 1}]},
        ("post", "order-move"): {"status": "paid"},
        # % if cookiecutter.use_celery
        **exports_bodies(),
        # % endif
    }
