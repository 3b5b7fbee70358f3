"""Pages, and how large they may get."""

import pytest

from apps.accounts.tests.factories import UserFactory
from apps.core.pagination import MAX_PAGE_SIZE, CursorPagination

USERS = "/api/v1/users/"


@pytest.mark.parametrize(
    ("asked", "given"), [("", 20), ("?page_size=2", 2), ("?page_size=9999", 100)]
)
def test_page_size_has_a_limit(auth_client, admin, asked, given):
    UserFactory.create_batch(MAX_PAGE_SIZE + 1)

    response = auth_client(admin).get(f"{USERS}{asked}").json()

    assert len(response["results"]) == given
    assert response["count"] == MAX_PAGE_SIZE + 2


def test_cursor_pages_reach_every_row_once(auth_client, admin, monkeypatch):
    monkeypatch.setattr(
        "apps.accounts.api.views.UserViewSet.pagination_class", CursorPagination
    )
    UserFactory.create_batch(5)
    client, url, seen = auth_client(admin), f"{USERS}?page_size=2", []

    while url:
        page = client.get(url).json()
        seen += [row["id"] for row in page["results"]]
        url = page["next"]

    assert len(seen) == len(set(seen)) == 6
