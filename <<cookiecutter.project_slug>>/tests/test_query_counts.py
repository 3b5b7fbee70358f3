"""What each list costs: queries by address, the same for 2 rows, 10 and 50.

Nothing is cached here; from the cache each public list costs none.
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.accounts.tests.factories import UserFactory
from apps.catalog.tests.factories import (
    CategoryFactory,
    ProductFactory,
    ReviewFactory,
    TagFactory,
)
from apps.orders.tests.factories import OrderFactory, OrderLineFactory

# % if cookiecutter.use_celery
from .exports import ExportFactory

# % endif
# The caller costs one query, session, user and role together; a member's token need
# not be looked up for public reads.
COUNTS = {
    ("admin", "users/"): 3,
    ("admin", "users/?page=1&is_active=true"): 4,
    ("nobody", "categories/"): 1,
    ("nobody", "tags/"): 1,
    ("nobody", "products/"): 2,
    ("member", "products/"): 2,
    ("manager", "products/"): 3,
    ("nobody", "products/?page=1"): 3,
    ("nobody", "products/?fields=name,price"): 2,
    ("nobody", "products/?category=home"): 3,
    ("nobody", "products/?tags=red"): 3,
    ("nobody", "products/?search=product"): 3,
    ("nobody", "products/?price_min=1&in_stock=true&ordering=-rating"): 2,
    ("nobody", "products/lamp/reviews/"): 1,
    ("member", "orders/"): 3,
    ("manager", "orders/"): 3,
    ("manager", "orders/?status=pending&page=1"): 4,
    ("manager", "reports/sales/"): 2,
    # % if cookiecutter.use_celery
    ("member", "exports/"): 2,
    ("nobody", "rates/"): 1,
    ("nobody", "rates/?base=EUR&page=1"): 2,
    # % endif
}


@pytest.fixture(params=[2, 10, 50], ids="{} rows".format)
def rows(request, db, user) -> int:
    count = request.param
    home, red = CategoryFactory(name="Home"), TagFactory(name="Red")
    CategoryFactory.create_batch(count - 1, parent=home)
    TagFactory.create_batch(count - 1)
    lamp = ProductFactory(name="Product Lamp", slug="lamp", category=home, tags=[red])
    ProductFactory.create_batch(count - 1, category=home, tags=[red])
    for author in UserFactory.create_batch(count):
        ReviewFactory(product=lamp, author=author)
    for order in OrderFactory.create_batch(count, customer=user):
        OrderLineFactory(order=order, product=lamp)
    # % if cookiecutter.use_celery
    from apps.rates.tests.factories import ExchangeRateFactory

    ExportFactory.create_batch(count, owner=user)
    ExchangeRateFactory.create_batch(count)
    # % endif
    return count


def test_what_a_list_costs(
    rows, api_client, auth_client, user, manager, admin, settings
):
    dummy = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    settings.CACHES = {**settings.CACHES, "default": dummy}
    clients = {"nobody": api_client, "member": auth_client(user)}
    clients |= {"manager": auth_client(manager), "admin": auth_client(admin)}
    counts = {}

    for caller, path in COUNTS:
        size = f"{'&' if '?' in path else '?'}page_size=100"
        whole = path in ("categories/", "reports/sales/")
        with CaptureQueriesContext(connection) as captured:
            response = clients[caller].get(f"/api/v1/{path}{'' if whole else size}")
        assert response.status_code == 200, response.content
        assert whole or len(response.json()["results"]) >= rows
        counts[caller, path] = len(captured)

    assert counts == COUNTS
