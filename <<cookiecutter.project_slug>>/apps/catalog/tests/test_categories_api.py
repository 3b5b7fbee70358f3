"""Categories over REST: the tree, and a manager's changes to it."""

import pytest

from apps.catalog.models import Category

from .factories import CategoryFactory, ProductFactory

URL = "/api/v1/categories/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(auth_client, manager):
    return auth_client(manager)


@pytest.fixture
def tree():
    """Books > Novels > Crime, and Games."""
    books = CategoryFactory(name="Books")
    novels = CategoryFactory(name="Novels", parent=books)
    CategoryFactory(name="Crime", parent=novels)
    CategoryFactory(name="Games")
    return books


def test_the_tree_is_nested_and_ordered(api_client, tree):
    crime = {"slug": "crime", "name": "Crime", "children": []}
    novels = {"slug": "novels", "name": "Novels", "children": [crime]}

    assert api_client.get(URL).json() == [
        {"slug": "books", "name": "Books", "children": [novels]},
        {"slug": "games", "name": "Games", "children": []},
    ]


def test_one_category(api_client, tree):
    assert api_client.get(f"{URL}novels/").json() == {
        "slug": "novels",
        "name": "Novels",
        "parent": "books",
    }
    assert api_client.get(f"{URL}none/").status_code == 404


@pytest.mark.parametrize("path", ["?colour=red", "?fields=name", "novels/?page=1"])
def test_a_parameter_that_is_none_is_named(api_client, tree, path):
    response = api_client.get(f"{URL}{path}")

    assert response.status_code == 400
    assert response.json()["errors"][0]["attr"] in path


@pytest.mark.parametrize("rows", [2, 20])
def test_query_count_does_not_grow_with_the_rows(
    api_client, django_assert_num_queries, rows
):
    parent = CategoryFactory()
    CategoryFactory.create_batch(rows, parent=parent)

    with django_assert_num_queries(1):
        assert len(api_client.get(URL).json()[0]["children"]) == rows
    with django_assert_num_queries(0):
        api_client.get(URL)


def test_a_change_is_in_the_next_read(api_client, client, tree):
    api_client.get(URL)
    client.patch(f"{URL}games/", {"name": "Board Games"})

    assert [row["name"] for row in api_client.get(URL).json()] == [
        "Board Games",
        "Books",
    ]


def test_the_slug_is_made_once_and_survives_a_new_name(client):
    made = client.post(URL, {"name": "Board Games"})
    assert made.status_code == 201
    assert made.json()["slug"] == "board-games"

    renamed = client.patch(f"{URL}board-games/", {"name": "Games"}).json()
    assert (renamed["slug"], renamed["name"]) == ("board-games", "Games")


def test_a_name_that_makes_no_slug_gets_a_random_one(client):
    made = client.post(URL, {"name": "መጻሕፍት"}).json()

    assert made["name"] == "መጻሕፍት"
    assert made["slug"].startswith("category-")


def test_names_are_unique_among_siblings(client, tree):
    assert client.post(URL, {"name": "Games"}).status_code == 409
    assert client.patch(f"{URL}games/", {"name": "Books"}).status_code == 409
    below = client.post(URL, {"name": "Games", "parent": "books"})
    assert below.status_code == 201
    assert below.json()["slug"] != "games"


def test_moving_a_branch(client, tree):
    moved = client.patch(f"{URL}novels/", {"parent": "games"}).json()
    assert moved["parent"] == "games"

    root = client.patch(f"{URL}novels/", {"parent": None}).json()
    assert root["parent"] is None


@pytest.mark.parametrize("parent", ["books", "novels", "crime", "nowhere"])
def test_a_branch_cannot_hang_from_itself(client, tree, parent):
    response = client.patch(f"{URL}books/", {"parent": parent})

    assert response.status_code == 400
    assert response.json()["errors"][0]["attr"] == "parent"


def test_deleting(client, tree):
    assert client.delete(f"{URL}games/").status_code == 204
    assert client.delete(f"{URL}games/").status_code == 404
    assert not Category.objects.filter(slug="games").exists()


def test_what_holds_something_stays(client, tree):
    ProductFactory(category=Category.objects.get(slug="crime"))

    for slug in ("books", "crime"):
        response = client.delete(f"{URL}{slug}/")
        assert response.status_code == 409
        assert response.json()["errors"][0]["code"] == "category_not_empty"


def test_what_changed_meanwhile_is_not_overwritten(client, tree):
    seen = client.get(f"{URL}games/").headers["ETag"]
    first = client.patch(f"{URL}games/", {"name": "Play"}, headers={"If-Match": seen})
    second = client.patch(f"{URL}games/", {"name": "Fun"}, headers={"If-Match": seen})

    third = client.delete(f"{URL}games/", headers={"If-Match": seen})

    assert [first.status_code, second.status_code, third.status_code] == [200, 412, 412]
    assert first.headers["ETag"] == client.get(f"{URL}games/").headers["ETag"]


def test_nothing_there_to_change(client):
    assert client.patch(f"{URL}none/", {"name": "x"}).status_code == 404
