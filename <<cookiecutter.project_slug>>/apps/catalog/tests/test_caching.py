"""The catalog's caches: fresh after a commit, unmoved by a rollback, never personal."""

import pytest
from django.db import transaction
from django.test import Client

from apps.catalog.models import Product
from apps.catalog.selectors import category_branch, category_tree
from apps.catalog.services import category_create, product_update, review_create

from .factories import CategoryFactory, ProductFactory

URL = "/api/v1/products/"


def stocks(client) -> list[int]:
    return [row["stock"] for row in client.get(URL).json()["results"]]


@pytest.mark.django_db(transaction=True)
def test_a_committed_write_is_in_the_next_read():
    ProductFactory(name="Lamp", stock=5)
    client = Client()
    assert stocks(client) == [5]

    product_update(slug="lamp", precondition=lambda: None, stock=6)

    assert stocks(client) == [6]


@pytest.mark.django_db(transaction=True)
def test_a_write_that_is_rolled_back_is_not(django_assert_num_queries):
    ProductFactory(name="Lamp", stock=5)
    client = Client()
    assert stocks(client) == [5]

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        product_update(slug="lamp", precondition=lambda: None, stock=6)
        1 / 0

    with django_assert_num_queries(0):
        assert stocks(client) == [5]
    assert Product.objects.get().stock == 5


@pytest.mark.django_db(transaction=True)
def test_a_review_moves_the_rating_in_the_list(user):
    ProductFactory(name="Lamp")
    client = Client()
    client.get(URL)

    review_create(product_slug="lamp", author=user, rating=5)

    assert client.get(URL).json()["results"][0]["rating"] == "5.00"


@pytest.mark.django_db(transaction=True)
def test_a_change_in_the_admin_is_in_the_next_read(admin):
    product = ProductFactory(name="Lamp", stock=5)
    reader, editor = Client(), Client()
    reader.get(URL)
    editor.force_login(admin, backend="django.contrib.auth.backends.ModelBackend")
    admin.is_superuser = True
    admin.save()

    form = {
        "sku": product.sku,
        "name": product.name,
        "slug": product.slug,
        "price": "10.00",
        "currency": "USD",
        "stock": 7,
        "is_active": "on",
        "category": product.category.pk,
        "producttag_set-TOTAL_FORMS": 0,
        "producttag_set-INITIAL_FORMS": 0,
    }
    page = f"/admin/catalog/product/{product.pk}/change/"
    assert editor.post(page, form).status_code == 302

    assert stocks(reader) == [7]


@pytest.mark.django_db
def test_the_tree_is_read_once(django_assert_num_queries):
    CategoryFactory(name="Books", parent=CategoryFactory(name="Media"))

    with django_assert_num_queries(1):
        assert len(category_branch(slug="media")) == 2
        category_tree()


@pytest.mark.django_db(transaction=True)
def test_a_new_category_is_in_the_tree():
    category_tree()
    category_create(name="Books")

    assert [row["slug"] for row in category_tree()] == ["books"]


@pytest.mark.django_db
def test_without_redis_the_catalog_goes_on(api_client, redis_down):
    ProductFactory(name="Lamp", category__name="Home")

    for url in (URL, f"{URL}lamp/", "/api/v1/categories/", f"{URL}?category=home"):
        assert api_client.get(url).status_code == 200


@pytest.mark.django_db
def test_orders_are_never_stored(auth_client, user):
    response = auth_client(user).get("/api/v1/orders/")

    assert response.headers["Cache-Control"] == "private, no-store"
    assert "ETag" not in response.headers


@pytest.mark.django_db
@pytest.mark.parametrize("first", ["manager", "member", "nobody"])
def test_what_managers_see_leaks_to_nobody(
    api_client, auth_client, user, manager, first
):
    """Whoever asks first: the cache of the others is never filled with theirs."""
    ProductFactory(name="Lamp")
    ProductFactory(name="Hidden", is_active=False)
    clients = {"manager": auth_client(manager), "member": auth_client(user)}
    clients["nobody"] = api_client
    order = sorted(clients, key=lambda name: name != first) * 2

    seen = [(name, len(clients[name].get(URL).json()["results"])) for name in order]

    assert set(seen) == {("manager", 2), ("member", 1), ("nobody", 1)}
