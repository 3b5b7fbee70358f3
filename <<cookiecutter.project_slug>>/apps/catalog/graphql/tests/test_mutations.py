"""GraphQL: managers write the catalog, members review."""

import pytest
from graphql_relay import to_global_id

from apps.catalog.models import Product
from apps.catalog.tests.factories import CategoryFactory, ProductFactory, ReviewFactory

pytestmark = pytest.mark.django_db

ERRORS = "errors { code fields { name messages } }"
NEW = {"sku": "NEW", "name": "New", "price": "1.00", "category": "home"}


def do(client, mutation: str, shown: str = "", **given) -> dict:
    kind = f"{mutation[0].upper()}{mutation[1:]}Input!"
    query = f"""mutation ($input: {kind}) {{
        {mutation}(input: $input) {{ {shown} {ERRORS} }}
    }}"""
    message = {"query": query, "variables": {"input": given}}
    answer = client.post("/graphql", message).json()
    assert "errors" not in answer, answer
    return answer["data"][mutation]


def test_a_product_from_its_making_to_its_end(auth_client, manager):
    CategoryFactory(name="Home")
    client = auth_client(manager)
    shown = "product { id slug price currency stock category { name } }"

    made = do(client, "createProduct", shown, **NEW, currency="EUR")["product"]
    assert made == {
        "id": to_global_id("Product", "new"),
        "slug": "new",
        "price": "1.00",
        "currency": "EUR",
        "stock": 0,
        "category": {"name": "Home"},
    }

    changed = do(client, "updateProduct", shown, id=made["id"], price="2.50", stock=3)
    assert changed["product"] == {**made, "price": "2.50", "stock": 3}

    gone = do(client, "deleteProduct", "deletedId", id=made["id"])
    assert gone == {"deletedId": made["id"], "errors": []}
    [error] = do(client, "deleteProduct", id=made["id"])["errors"]
    assert error["code"] == "not_found"


@pytest.mark.parametrize(
    ("given", "code", "fields"),
    [
        ({"price": "0"}, "min_value", ["price"]),
        ({"price": "1.001"}, "max_decimal_places", ["price"]),
        ({"name": ""}, "blank", ["name"]),
        ({"stock": None}, "null", ["stock"]),
        ({"category": "nowhere"}, "invalid", ["category"]),
        ({"sku": "TAKEN"}, "sku_taken", []),
    ],
)
def test_what_cannot_be_written(auth_client, manager, given, code, fields):
    CategoryFactory(name="Home")
    ProductFactory(sku="TAKEN")

    payload = do(auth_client(manager), "createProduct", "product { id }", **NEW | given)

    [error] = payload["errors"]
    assert payload["product"] is None
    assert (error["code"], [one["name"] for one in error["fields"]]) == (code, fields)
    assert Product.objects.count() == 1


@pytest.mark.parametrize("wrong", ["Category:desk", "Product", "?", "\\ud800", ""])
def test_an_id_of_something_else(auth_client, manager, wrong):
    ProductFactory(slug="desk")
    name, _, key = wrong.partition(":")
    given = to_global_id(name, key) if key else wrong

    [error] = do(auth_client(manager), "deleteProduct", id=given)["errors"]

    assert (error["code"], error["fields"][0]["name"]) == ("invalid", "id")


def test_a_tree_of_categories(auth_client, manager):
    client, shown = auth_client(manager), "category { id name parent { name } }"

    home = do(client, "createCategory", shown, name="Home")["category"]
    lamps = do(client, "createCategory", shown, name="Lamps", parent="home")
    assert lamps["category"]["parent"] == {"name": "Home"}
    [error] = do(client, "updateCategory", id=home["id"], parent="lamps")["errors"]
    assert error["fields"][0]["name"] == "parent"
    [error] = do(client, "deleteCategory", id=home["id"])["errors"]
    assert error["code"] == "category_not_empty"


def test_many_prices_at_once(auth_client, manager):
    ProductFactory(slug="lamp")
    ProductFactory(slug="desk")
    prices = [{"slug": "lamp", "price": "1.00"}, {"slug": "desk", "price": "2.00"}]

    payload = do(auth_client(manager), "setPrices", "updated", prices=prices)

    assert payload == {"updated": 2, "errors": []}
    twice = do(auth_client(manager), "setPrices", prices=[prices[0], prices[0]])
    assert twice["errors"][0]["fields"][0]["name"] == "prices"


def test_a_review_moves_the_rating(auth_client, user):
    client, product = auth_client(user), to_global_id("Product", "lamp")
    ProductFactory(slug="lamp")
    shown = "review { id rating author { fullName } product { rating ratingCount } }"

    made = do(client, "createReview", shown, productId=product, rating=5)["review"]
    assert made["product"] == {"rating": "5.00", "ratingCount": 1}
    [error] = do(client, "createReview", productId=product, rating=5)["errors"]
    assert error["code"] == "already_reviewed"
    changed = do(client, "updateReview", shown, id=made["id"], rating=3)["review"]
    assert changed["product"] == {"rating": "3.00", "ratingCount": 1}
    assert do(client, "deleteReview", id=made["id"])["errors"] == []


def test_somebody_elses_review(auth_client, user):
    review = ReviewFactory()

    [error] = do(
        auth_client(user), "updateReview", id=to_global_id("Review", str(review.pk))
    )["errors"]

    assert error["code"] == "permission_denied"


def test_nobody_writes_without_logging_in(api_client):
    [error] = do(api_client, "createProduct", **NEW)["errors"]

    assert error["code"] == "not_authenticated"
