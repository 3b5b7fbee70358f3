"""The caller's own record."""

import pytest

ME = "/api/v1/me/"


def test_anonymous_is_asked_to_log_in(api_client):
    response = api_client.get(ME)

    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"].startswith("Bearer")


def test_reading(auth_client, user):
    shown = auth_client(user).get(ME).json()

    assert shown["id"] == str(user.pk)
    assert (shown["email"], shown["role"]) == (user.email, "member")
    assert "password" not in shown


def test_changing_the_name(auth_client, user):
    response = auth_client(user).patch(ME, {"full_name": "Ada Lovelace"})

    assert response.json()["full_name"] == "Ada Lovelace"
    user.refresh_from_db()
    assert user.full_name == "Ada Lovelace"


@pytest.mark.parametrize("field", ["email", "role", "is_staff", "is_superuser"])
def test_nothing_else_can_be_changed(auth_client, user, field):
    before = getattr(user, field)

    auth_client(user).patch(ME, {"full_name": "A", field: "admin"})

    user = type(user).objects.get(pk=user.pk)
    assert getattr(user, field) == before


def test_a_name_that_is_too_long_is_refused(auth_client, user):
    response = auth_client(user).patch(ME, {"full_name": "x" * 151})

    assert response.json()["errors"][0]["attr"] == "full_name"


def test_changing_nothing(auth_client, user):
    shown = auth_client(user).patch(ME, {})

    assert (shown.status_code, shown.json()["full_name"]) == (200, user.full_name)
