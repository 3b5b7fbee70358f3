"""Pages, and how large they may get."""

import pytest

from apps.accounts.tests.factories import UserFactory
from apps.core import pagination
from apps.core.pagination import MAX_PAGE_SIZE, CursorPagination

USERS = "/api/v1/users/"


@pytest.fixture
def get(auth_client, admin):
    client = auth_client(admin)
    return lambda query: client.get(
        query if "//" in query else f"{USERS}?{query}"
    ).json()


def walk(get, query: str, link: str = "next"):
    """Yield each page from here on."""
    page = get(query)
    yield page
    while page[link]:
        page = get(page[link])
        yield page


def ids(pages) -> list:
    return [row["id"] for page in pages for row in page["results"]]


@pytest.mark.parametrize(("asked", "given"), [("", 20), ("page_size=2", 2)])
def test_page_size(get, asked, given):
    UserFactory.create_batch(MAX_PAGE_SIZE)

    assert len(get(asked)["results"]) == given
    assert len(get(f"{asked}&page=1")["results"]) == given


@pytest.mark.parametrize(
    ("query", "attr"),
    [
        ("page_size=1000000000", "page_size"),
        ("page_size=0", "page_size"),
        ("page_size=-1", "page_size"),
        ("page_size=ten", "page_size"),
        (f"page_size={'9' * 5000}", "page_size"),
        ("page=0", "page"),
        ("page=2", "page"),
        (f"page={2**63}", "page"),
        ("page=%D9%A3", "page"),
        ("cursor=forged", "cursor"),
        ("cursor=W10:AAAA", "cursor"),
        ("page=1&cursor=x", "cursor"),
        ("colour=red", "colour"),
        ("ordering=password", "ordering"),
        ("ordering=", "ordering"),
    ],
)
def test_what_makes_no_sense_is_named(auth_client, admin, query, attr):
    response = auth_client(admin).get(f"{USERS}?{query}")

    assert response.status_code == 400
    assert [error["attr"] for error in response.json()["errors"]] == [attr]


def test_pages_by_number_reach_every_row_once(get):
    UserFactory.create_batch(4)

    first, second, third = pages = list(walk(get, "page=1&page_size=2"))

    assert len(set(ids(pages))) == len(ids(pages)) == first["count"] == 5
    assert first["previous"] is None
    assert get(third["previous"]) == second


@pytest.mark.parametrize(
    "ordering", ["", "ordering=created_at&", "ordering=email&", "ordering=-email&"]
)
def test_cursors_reach_every_row_once_and_lead_back(get, ordering):
    UserFactory.create_batch(4)

    pages = list(walk(get, f"{ordering}page_size=2"))
    back = list(walk(get, pages[-1]["previous"], "previous"))

    assert len(pages) == 3
    assert "count" not in pages[0]
    assert len(set(ids(pages))) == len(ids(pages)) == 5
    assert [page["results"] for page in back] == [
        pages[1]["results"],
        pages[0]["results"],
    ]


def test_cursors_pass_over_equal_values(get, monkeypatch):
    from apps.accounts.api.views import UserViewSet

    monkeypatch.setitem(UserViewSet.ordering_fields, "name", "full_name")
    UserFactory.create_batch(6, full_name="The same")

    assert len(set(ids(walk(get, "ordering=name&page_size=2")))) == 7


def test_a_cursor_is_bound_to_its_ordering(auth_client, admin, get):
    UserFactory.create_batch(2)
    following = get("page_size=1")["next"]

    response = auth_client(admin).get(f"{following}&ordering=email")

    assert response.status_code == 400
    assert response.json()["errors"][0]["attr"] == "cursor"


def test_rows_added_meanwhile_do_not_shift_the_pages(get):
    UserFactory.create_batch(3)
    first = get("page_size=2")
    UserFactory.create_batch(2)

    assert not set(ids([first])) & set(ids(walk(get, first["next"])))


def test_counting_ends_somewhere(get, monkeypatch):
    monkeypatch.setattr(pagination, "MAX_COUNT", 3)
    UserFactory.create_batch(5)

    assert get("page=1&page_size=2")["count"] == 3


def test_an_empty_list_has_no_neighbours(get):
    assert get("search=nobody") == {"next": None, "previous": None, "results": []}


def test_the_schema_knows_the_parameters():
    names = [
        row["name"] for row in CursorPagination().get_schema_operation_parameters(None)
    ]

    assert names == ["cursor", "page_size"]
