"""GraphQL: what anyone reads of the catalog."""

import pytest

from apps.accounts.tests.factories import UserFactory
from apps.catalog.tests.factories import (
    CategoryFactory,
    ProductFactory,
    ReviewFactory,
    TagFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(api_client):
    def data(query: str, client=api_client) -> dict:
        answer = client.post("/graphql", {"query": query}).json()
        assert "errors" not in answer, answer
        return answer["data"]

    return data


@pytest.fixture
def refusal(api_client):
    def error(query: str) -> dict:
        [found] = api_client.post("/graphql", {"query": query}).json()["errors"]
        return found

    return error


def names(connection: dict) -> list[str]:
    return [edge["node"]["name"] for edge in connection["edges"]]


def products(ask, arguments: str, client=None) -> list[str]:
    query = f"{{ products({arguments}) {{ edges {{ node {{ name }} }} }} }}"
    return names(ask(query, client)["products"] if client else ask(query)["products"])


def test_a_product_is_what_rest_shows(ask, api_client):
    ProductFactory(name="Lamp", price="10.10", tags=[TagFactory(name="Red")])
    rest = api_client.get("/api/v1/products/lamp/").json()

    product = ask("""{ product(slug: "lamp") {
            sku slug name price currency stock isActive rating ratingCount image
            description createdAt updatedAt category { slug name } tags { slug }
        } }""")["product"]

    assert product == {
        "sku": rest["sku"],
        "slug": "lamp",
        "name": "Lamp",
        "price": "10.10",
        "currency": rest["currency"],
        "stock": rest["stock"],
        "isActive": True,
        "rating": "0.00",
        "ratingCount": 0,
        "image": None,
        "description": rest["description"],
        "createdAt": rest["created_at"],
        "updatedAt": rest["updated_at"],
        "category": rest["category"],
        "tags": [{"slug": "red"}],
    }


def test_four_levels(ask):
    author = UserFactory(full_name="Ada")
    home = CategoryFactory(name="Home")
    lamp = ProductFactory(name="Lamp", category=home)
    ReviewFactory(product=lamp, author=author, rating=4)

    found = ask("""{ categories { edges { node { name products(first: 9) {
            edges { node { name reviews(first: 9) { edges { node {
                rating author { fullName } product { slug }
            } } } } }
        } } } } }""")

    [category] = found["categories"]["edges"]
    [product] = category["node"]["products"]["edges"]
    [review] = product["node"]["reviews"]["edges"]
    assert review["node"] == {
        "rating": 4,
        "author": {"fullName": "Ada"},
        "product": {"slug": "lamp"},
    }


def test_the_tree(ask):
    home = CategoryFactory(name="Home")
    CategoryFactory(name="Lamps", parent=home)
    CategoryFactory(name="Chairs", parent=home)

    found = ask("""{ category(slug: "home") {
            parent { slug } children { slug parent { name } }
        } }""")

    assert found["category"] == {
        "parent": None,
        "children": [
            {"slug": "chairs", "parent": {"name": "Home"}},
            {"slug": "lamps", "parent": {"name": "Home"}},
        ],
    }


def test_a_category_has_the_products_below_it_as_well(ask):
    home = CategoryFactory(name="Home")
    lamps = CategoryFactory(name="Lamps", parent=home)
    ProductFactory(name="Chair", category=home)
    ProductFactory(name="Lamp", category=lamps)
    ProductFactory(name="Book")

    found = ask("""{ categories { edges { node { name
            products(orderBy: NAME) { edges { node { name } } }
        } } } }""")

    shown = {
        edge["node"]["name"]: names(edge["node"]["products"])
        for edge in found["categories"]["edges"]
    }
    assert shown["Home"] == ["Chair", "Lamp"]
    assert shown["Lamps"] == ["Lamp"]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ("", ["Desk", "Lamp", "Chair"]),
        ('category: "home"', ["Lamp", "Chair"]),
        ('tags: "red"', ["Chair"]),
        ('search: "lamp"', ["Lamp"]),
        ('priceMin: "20"', ["Lamp", "Desk"]),
        ('priceMin: "20", orderBy: PRICE_DESC', ["Desk", "Lamp"]),
        ("inStock: false", ["Desk"]),
        ("orderBy: NAME", ["Chair", "Desk", "Lamp"]),
        ("orderBy: NAME_DESC, first: 2", ["Lamp", "Desk"]),
        ("isActive: false", []),
    ],
)
def test_filter_search_and_order_are_those_of_rest(ask, arguments, expected):
    home = CategoryFactory(name="Home")
    ProductFactory(
        name="Chair", price=10, category=home, stock=1, tags=[TagFactory(name="Red")]
    )
    ProductFactory(name="Lamp", price=20, category=home, stock=1)
    ProductFactory(name="Desk", price=30, stock=0)
    ProductFactory(name="Hidden", is_active=False, category=home)

    assert products(ask, arguments or "first: 9") == expected


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        ("first: -1", "first"),
        ("first: 0", "first"),
        ("first: 101", "first"),
        ("last: 1000", "last"),
        ("first: 1, last: 1", "last"),
        ('after: "forged"', "after"),
        ('before: "é"', "before"),
        ('priceMin: "cheap"', "priceMin"),
        ('priceMin: "-1"', "priceMin"),
        ('category: "nowhere"', "category"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_code(refusal, arguments, field):
    found = refusal(f"{{ products({arguments}) {{ edges {{ node {{ id }} }} }} }}")

    assert found["extensions"]["code"] == "invalid"
    assert list(found["extensions"]["fields"]) == [field]


@pytest.mark.parametrize("order", ["NAME", "PRICE_DESC", "RATING", "CREATED_AT_DESC"])
def test_every_row_is_on_one_page_forward_and_backward(ask, order):
    for number in range(7):
        ProductFactory(name=f"P{number}", price=1 + number // 3)
    every = products(ask, f"orderBy: {order}")

    for size, cursor, flag, end in (
        ("first", "after", "hasNextPage", "endCursor"),
        ("last", "before", "hasPreviousPage", "startCursor"),
    ):
        pages, place = [], ""
        while True:
            found = ask(f"""{{ products(orderBy: {order}, {size}: 3 {place}) {{
                    edges {{ node {{ name }} cursor }} pageInfo {{ {flag} {end} }}
                }} }}""")["products"]
            pages.append(names(found))
            info = found["pageInfo"]
            edge = found["edges"][-1 if size == "first" else 0]
            assert info[end] == edge["cursor"]
            if not info[flag]:
                break
            place = f', {cursor}: "{info[end]}"'
        if size == "last":
            pages.reverse()
        assert [name for page in pages for name in page] == every
        assert len(pages) == 3


def test_a_cursor_of_another_order_is_refused(ask, refusal):
    ProductFactory.create_batch(2)
    info = "{ pageInfo { endCursor } }"
    found = ask(f"{{ products(orderBy: NAME) {info} }}")
    cursor = found["products"]["pageInfo"]["endCursor"]

    error = refusal(f'{{ products(orderBy: PRICE, after: "{cursor}") {info} }}')

    assert error["extensions"]["code"] == "invalid"


def test_nested_pages_go_on_where_they_ended(ask):
    lamp, desk = ProductFactory(name="Lamp"), ProductFactory(name="Desk")
    for rating in (1, 2, 3):
        ReviewFactory(product=lamp, rating=rating)
    ReviewFactory(product=desk, rating=5)
    part = "{ edges { node { rating } } pageInfo { endCursor hasNextPage } }"
    query = "{ products { edges { node { name reviews(first: 2 %s) %s } } } }"

    def pages(place: str = "") -> dict:
        edges = ask(query % (place, part))["products"]["edges"]
        return {edge["node"]["name"]: edge["node"]["reviews"] for edge in edges}

    def ratings(page: dict) -> list[int]:
        return [edge["node"]["rating"] for edge in page["edges"]]

    first = pages()
    assert ratings(first["Lamp"]) == [3, 2]
    assert first["Lamp"]["pageInfo"]["hasNextPage"]
    assert ratings(first["Desk"]) == [5]
    assert not first["Desk"]["pageInfo"]["hasNextPage"]
    second = pages(f', after: "{first["Lamp"]["pageInfo"]["endCursor"]}"')
    assert ratings(second["Lamp"]) == [1]


def test_managers_see_what_is_hidden(ask, auth_client, manager):
    ProductFactory(name="Hidden", is_active=False)

    assert products(ask, "first: 9") == []
    assert products(ask, "first: 9", auth_client(manager)) == ["Hidden"]


def test_an_image_has_its_whole_address(ask):
    ProductFactory(name="Lamp", image="products/lamp.png")

    image = ask('{ product(slug: "lamp") { image } }')["product"]["image"]

    assert image == "http://testserver/media/products/lamp.png"


@pytest.mark.parametrize("name", ["category", "product", "tag"])
def test_what_is_not_there_is_null(ask, name):
    query = f'{name}(slug: "nothing")'

    assert list(ask(f"{{ {query} {{ name }} }}").values()) == [None]
