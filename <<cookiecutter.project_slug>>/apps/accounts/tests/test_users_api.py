"""The list of users: for administrators, filtered, at a constant cost."""

from datetime import UTC, datetime

import pytest

from apps.accounts.services import user_role_set

from .factories import UserFactory

USERS = "/api/v1/users/"


@pytest.mark.parametrize(
    ("caller", "status"), [(None, 401), ("user", 403), ("manager", 403), ("admin", 200)]
)
def test_who_may_read_it(request, api_client, auth_client, db, caller, status):
    client = (
        auth_client(request.getfixturevalue(caller))
        if caller is not None
        else api_client
    )

    assert client.get(USERS).status_code == status


def test_one_user(auth_client, admin, user):
    shown = auth_client(admin).get(f"{USERS}{user.pk}/").json()

    assert (shown["email"], shown["is_active"]) == (user.email, True)


@pytest.mark.parametrize("path", [f"{USERS}{'0' * 32}/", f"{USERS}not-an-id/"])
def test_an_unknown_user_is_404(auth_client, admin, path):
    assert auth_client(admin).get(path).status_code == 404


def test_filters_search_and_order(auth_client, admin):
    ada = UserFactory(
        email="ada@example.com", full_name="Ada King", email_verified_at=None
    )
    bob = UserFactory(email="bob@example.com", is_active=False)
    user_role_set(user=ada, role="manager")
    client = auth_client(admin)

    def emails(query: str) -> list[str]:
        return [
            row["email"] for row in client.get(f"{USERS}?{query}").json()["results"]
        ]

    assert emails("role=manager") == [ada.email]
    assert emails("verified=false") == [ada.email]
    assert emails("is_active=false") == [bob.email]
    assert emails("search=ADA@") == [ada.email]
    assert emails("search=king%20ada") == [ada.email]
    assert emails("search=king%20bob") == []
    assert emails("ordering=email")[:2] == [ada.email, bob.email]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("role", "king"),
        ("created_after", "yesterday"),
        ("created_after", "0001-01-01T00:00:00+23:59"),
        ("created_before", "9999-12-31T23:59:59-23:59"),
    ],
)
def test_a_filter_that_makes_no_sense_is_named(auth_client, admin, name, value):
    response = auth_client(admin).get(USERS, {name: value})

    assert response.status_code == 400
    assert response.json()["errors"][0]["attr"] == name


def test_times_are_taken_with_their_offset(auth_client, admin):
    client = auth_client(admin)
    UserFactory(created_at=datetime(2026, 2, 1, tzinfo=UTC))
    counted = [
        client.get(USERS, {"created_before": moment, "page": 1}).json()["count"]
        for moment in ("2026-02-01T01:00:00+01:00", "2026-02-01T01:00:00+02:00")
    ]

    assert counted == [1, 0]


@pytest.mark.parametrize("rows", [2, 20])
def test_query_count_does_not_grow_with_the_rows(
    auth_client, admin, django_assert_num_queries, rows
):
    for user in UserFactory.create_batch(rows):
        user_role_set(user=user, role="member")
    client = auth_client(admin)

    # Session with user and role; the page; the page's groups.
    with django_assert_num_queries(3):
        client.get(USERS)
