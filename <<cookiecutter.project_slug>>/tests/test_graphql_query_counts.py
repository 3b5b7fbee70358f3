"""What nested queries cost: the same for 2 rows of each level, for 10 and for 50.

Nothing is cached here; the tree of categories comes from the cache otherwise.
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.accounts.tests.factories import UserFactory
from apps.catalog.models import Review
from apps.catalog.tests.factories import CategoryFactory, ProductFactory, TagFactory
from apps.orders.tests.factories import OrderFactory, OrderLineFactory

REVIEWS = "reviews(first: 100) { edges { node { rating author { fullName } } } }"
PRODUCTS = (
    f"edges {{ node {{ name category {{ name parent {{ name }} }} {REVIEWS} }} }}"
)
# By caller: session and user together cost one query, the role's groups one more.
COUNTS = {
    ("nobody", "{ categories(first: 100) { edges { node { name } } } }"): 2,
    ("nobody", f"{{ products(first: 100) {{ {PRODUCTS} }} }}"): 5,
    (
        "nobody",
        f"{{ categories(first: 100) {{ edges {{ node {{ name"
        f" products(first: 100) {{ {PRODUCTS} }} }} }} }} }}",
    ): 8,
    # Two aliases are two questions, wherever they stand.
    (
        "nobody",
        "{ products(first: 100) { edges { node { a: reviews(first: 1) { edges { node"
        " { id } } } b: reviews(last: 2) { edges { node { id } } } } } } }",
    ): 4,
    # The same one in a fragment and beside it is one.
    (
        "nobody",
        "{ products(first: 100) { edges { node { ...Shown reviews(first: 2) { edges"
        " { cursor } } } } } } fragment Shown on Product { tags { name }"
        " reviews(first: 2) { edges { node { product { name tags { name } } } } } }",
    ): 5,
    (
        "member",
        "{ orders(first: 100) { edges { node { total lines { slug product"
        " { name category { name } } } } } } }",
    ): 6,
    ("admin", "{ users(first: 100) { edges { node { email role } } } }"): 3,
}


@pytest.fixture(params=[2, 10, 50], ids="{} rows".format)
def rows(request, db, user) -> int:
    count = request.param
    tag, authors = TagFactory(), UserFactory.create_batch(count)
    home = CategoryFactory()
    for category in CategoryFactory.create_batch(count, parent=home):
        products = ProductFactory.create_batch(2, category=category, tags=[tag])
        Review.objects.bulk_create(
            Review(product=product, author=author, rating=3)
            for product in products
            for author in authors
        )
    for order in OrderFactory.create_batch(count, customer=user):
        OrderLineFactory(order=order, product=products[0])
    return count


@pytest.fixture
def uncached(settings):
    dummy = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    settings.CACHES = {**settings.CACHES, "default": dummy}
    # Pages of 100 in pages of 100 would not be let in.
    settings.GRAPHQL_MAX_COST = 10**7


def test_what_a_query_costs(rows, uncached, api_client, auth_client, user, admin):
    clients = {"nobody": api_client, "member": auth_client(user)}
    clients |= {"admin": auth_client(admin)}
    counts = {}

    for caller, query in COUNTS:
        with CaptureQueriesContext(connection) as captured:
            answer = clients[caller].post("/graphql", {"query": query}).json()
        assert "errors" not in answer, answer
        [found] = answer["data"].values()
        assert len(found["edges"]) >= rows
        counts[caller, query] = len(captured)

    assert counts == COUNTS


def test_the_tree_of_categories_costs_nothing_once_it_is_cached(db, api_client):
    ProductFactory.create_batch(3)
    query = "{ products { edges { node { category { name parent { name } } } } } }"
    api_client.post("/graphql", {"query": query})

    with CaptureQueriesContext(connection) as captured:
        api_client.post("/graphql", {"query": query})

    assert len(captured) == 2
