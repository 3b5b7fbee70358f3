"""A manager's changes to products, and what is refused."""

import json
from decimal import Decimal

import pytest

from apps.catalog.models import Product

from .factories import CategoryFactory, ProductFactory, ReviewFactory, TagFactory

URL = "/api/v1/products/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(auth_client, manager):
    return auth_client(manager)


@pytest.fixture
def body():
    CategoryFactory(name="Home")
    TagFactory(name="Red")
    return {
        "sku": "LAMP-1",
        "name": "Desk Lamp",
        "price": "25.00",
        "stock": 3,
        "category": "home",
        "tags": ["red"],
    }


def attrs(response) -> set[str]:
    return {error["attr"] for error in response.json()["errors"]}


def test_creating(client, api_client, body):
    made = client.post(URL, body)

    assert made.status_code == 201
    assert made.json()["slug"] == "desk-lamp"
    assert made.json()["tags"] == ["red"]
    assert made.json()["category"] == {"slug": "home", "name": "Home"}
    assert api_client.get(f"{URL}desk-lamp/").json() == made.json()


def test_slugs_are_made_unique(client, body):
    first = client.post(URL, body).json()
    second = client.post(URL, {**body, "sku": "LAMP-2"}).json()

    assert [first["slug"], second["slug"]] == ["desk-lamp", "desk-lamp-lamp-2"]


def test_no_slug_hides_behind_a_route(client, api_client, body):
    slug = client.post(URL, {**body, "name": "Prices"}).json()["slug"]

    assert slug == "prices-lamp-1"
    assert api_client.get(f"{URL}{slug}/").status_code == 200


def test_an_sku_that_is_taken(client, body):
    client.post(URL, body)
    again = client.post(URL, body)
    other = client.post(URL, {**body, "sku": "LAMP-2"}).json()
    renamed = client.patch(f"{URL}{other['slug']}/", {"sku": "LAMP-1"})

    assert [again.status_code, renamed.status_code] == [409, 409]
    assert again.json()["errors"][0]["code"] == "sku_taken"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("price", "NaN"),
        ("price", "1e400"),
        ("price", "0"),
        ("price", "0.001"),
        ("price", -1),
        ("price", None),
        ("price", []),
        ("stock", -1),
        ("stock", 2**63),
        ("stock", 1.5),
        ("name", ""),
        ("name", "x" * 201),
        ("name", "a\0b"),
        ("sku", "x" * 33),
        ("currency", "XXX"),
        ("category", "nowhere"),
        ("category", "No Slug"),
        ("tags", ["blue"]),
        ("tags", "red"),
        ("tags", ["red"] * 21),
        ("description", "x" * 5001),
    ],
)
@pytest.mark.parametrize("method", ["post", "patch"])
def test_a_bad_value_is_named(client, body, method, field, value):
    ProductFactory(name="Old")
    url = URL if method == "post" else f"{URL}old/"

    response = getattr(client, method)(url, {**body, field: value})

    assert response.status_code == 400
    assert {name.partition(".")[0] for name in attrs(response)} == {field}
    assert not Product.objects.filter(sku="LAMP-1").exists()


@pytest.mark.parametrize("number", ["NaN", "1e400", "Infinity", "-0"])
def test_numbers_that_are_none(client, body, number):
    text = json.dumps(body).replace('"25.00"', number)

    response = client.post(URL, data=text, content_type="application/json")

    assert response.status_code == 400


def test_missing_fields_are_named(client):
    assert attrs(client.post(URL, {})) == {"sku", "name", "price", "category"}


def test_replacing_and_changing(client, body):
    client.post(URL, body)
    CategoryFactory(name="Garden")
    changed = client.patch(
        f"{URL}desk-lamp/", {"category": "garden", "tags": [], "name": "Lamp"}
    ).json()

    assert changed["slug"] == "desk-lamp"
    assert (changed["category"]["slug"], changed["tags"]) == ("garden", [])
    replaced = client.put(f"{URL}desk-lamp/", {**body, "stock": 9}).json()
    assert (replaced["stock"], replaced["tags"]) == (9, ["red"])


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_what_changed_meanwhile_is_not_overwritten(client, body, method):
    client.post(URL, body)
    url = f"{URL}desk-lamp/"
    seen = client.get(url).headers["ETag"]
    client.patch(url, {"stock": 1})

    late = getattr(client, method)(url, body, headers={"If-Match": seen})
    fresh = client.get(url).headers["ETag"]
    timely = getattr(client, method)(url, body, headers={"If-Match": fresh})

    assert late.status_code == 412
    assert timely.status_code in (200, 204)


def test_deleting(client, body):
    client.post(URL, body)

    assert client.delete(f"{URL}desk-lamp/").status_code == 204
    assert client.delete(f"{URL}desk-lamp/").status_code == 404


def test_a_manager_may_change_what_is_off_the_list(client):
    ProductFactory(name="Hidden", is_active=False)

    assert client.patch(f"{URL}hidden/", {"is_active": True}).status_code == 200


def test_prices_of_many_at_once(client, api_client):
    ProductFactory(name="One")
    ProductFactory(name="Two")
    prices = [{"slug": "one", "price": "1.50"}, {"slug": "two", "price": "2.50"}]

    response = client.post(f"{URL}prices/", {"prices": prices})

    assert response.json() == {"updated": 2}
    assert api_client.get(f"{URL}two/").json()["price"] == "2.50"


@pytest.mark.parametrize(
    "prices",
    [
        [],
        [{"slug": "one", "price": "1.00"}, {"slug": "none", "price": "2.00"}],
        [{"slug": "one", "price": "1.00"}, {"slug": "one", "price": "2.00"}],
        [{"slug": "one", "price": "1.00"}] * 10_000,
        [{"slug": "one", "price": "NaN"}],
    ],
    ids=["none", "unknown", "twice", "too many", "no number"],
)
def test_all_prices_or_none(client, prices):
    product = ProductFactory(name="One")

    response = client.post(f"{URL}prices/", {"prices": prices})
    product.refresh_from_db()

    assert response.status_code == 400
    assert {name.partition(".")[0] for name in attrs(response)} == {"prices"}
    assert product.price == Decimal("10.00")


def test_reviews_do_not_go_with_a_change(client):
    review = ReviewFactory(product=ProductFactory(name="One"))
    client.put(
        f"{URL}one/",
        {
            "sku": "X",
            "name": "Y",
            "price": "1",
            "category": review.product.category.slug,
        },
    )

    assert Product.objects.get(slug="one").reviews.get() == review
