"""GraphQL: the catalog is open and bounded."""

import pytest

from apps.catalog.tests.factories import CategoryFactory

pytestmark = pytest.mark.django_db


def names(client, arguments: str = "") -> list[str]:
    query = f"{{ categories{arguments} {{ slug name }} }}"
    response = client.post("/graphql", {"query": query})
    return [row["name"] for row in response.json()["data"]["categories"]]


def test_anyone_reads(api_client):
    CategoryFactory(name="Books")

    assert names(api_client) == ["Books"]


@pytest.mark.parametrize(
    ("arguments", "count"),
    [("", 20), ("(first: 2)", 2), ("(first: -1)", 0), ("(first: null)", 20)],
)
def test_the_list_is_bounded(api_client, arguments, count):
    CategoryFactory.create_batch(21)

    assert len(names(api_client, arguments)) == count
