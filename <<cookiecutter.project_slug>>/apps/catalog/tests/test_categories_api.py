"""Categories over REST: open to read, an administrator's to write."""

import pytest

from apps.catalog.models import Category

from .factories import CategoryFactory

URL = "/api/v1/categories/"

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("caller", "status"), [(None, 401), ("user", 403), ("manager", 403), ("admin", 201)]
)
def test_who_may_write(request, api_client, auth_client, caller, status):
    client = auth_client(request.getfixturevalue(caller)) if caller else api_client

    assert client.post(URL, {"name": "Board Games"}).status_code == status
    assert Category.objects.exists() == (status == 201)


def test_anyone_reads(api_client):
    CategoryFactory(name="Books")

    listed = api_client.get(URL).json()["results"]
    assert listed == [{"slug": "books", "name": "Books"}]
    assert api_client.get(f"{URL}books/").json() == listed[0]
    assert api_client.get(f"{URL}none/").status_code == 404


def test_the_slug_is_made_once_and_survives_a_new_name(auth_client, admin):
    client = auth_client(admin)
    made = client.post(URL, {"name": "Board Games"}).json()
    assert made["slug"] == "board-games"

    renamed = client.put(f"{URL}board-games/", {"name": "Games"}).json()
    assert renamed == {"slug": "board-games", "name": "Games"}


def test_names_are_unique(auth_client, admin):
    CategoryFactory(name="Books")
    CategoryFactory(name="Games")
    client = auth_client(admin)

    assert client.post(URL, {"name": "books"}).status_code == 409
    assert client.put(f"{URL}games/", {"name": "Books"}).status_code == 409


def test_a_name_without_letters_is_refused(auth_client, admin):
    response = auth_client(admin).post(URL, {"name": "!!!"})

    assert response.status_code == 400
    assert response.json()["errors"][0]["attr"] == "name"


def test_deleting(auth_client, admin):
    CategoryFactory(name="Books")

    assert auth_client(admin).delete(f"{URL}books/").status_code == 204
    assert not Category.objects.exists()


@pytest.mark.parametrize("rows", [2, 20])
def test_query_count_does_not_grow_with_the_rows(
    api_client, django_assert_num_queries, rows
):
    CategoryFactory.create_batch(rows)

    with django_assert_num_queries(2):
        api_client.get(URL)
