"""Wrong passwords lock an account out, known or not, from one address."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth.hashers import MD5PasswordHasher, make_password
from django.utils import timezone

from .factories import PASSWORD, UserFactory

LOGIN = "/api/v1/auth/login/"
LIMIT = settings.AXES_FAILURE_LIMIT

pytestmark = pytest.mark.django_db


@pytest.fixture
def attempt(api_client):
    def post(email: str, password: str = "wrong", **extra):
        return api_client.post(LOGIN, {"email": email, "password": password}, **extra)

    return post


def statuses(attempt, email: str) -> list[int]:
    return [attempt(email).status_code for _ in range(LIMIT + 1)]


def test_known_and_unknown_addresses_are_locked_alike(attempt, user):
    known, unknown = statuses(attempt, user.email), statuses(attempt, "no@example.com")

    assert known == unknown
    assert known[-1] == 429
    locked, stranger = attempt(user.email), attempt("no@example.com")
    assert locked.json() == stranger.json()


def test_every_wrong_attempt_hashes_once(attempt, user, monkeypatch):
    """Hashing is what takes time, so none of them tells itself apart by it."""
    nobodys = UserFactory(password=make_password(None))
    gone = UserFactory(is_active=False)
    hashed = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher,
        "encode",
        lambda self, *args: hashed.append(args) or encode(self, *args),
    )

    for email in ("no@example.com", user.email, nobodys.email, gone.email):
        hashed.clear()
        assert attempt(email).status_code == 401
        assert len(hashed) == 1, email


def test_locked_out_even_with_the_right_password(attempt, user):
    statuses(attempt, user.email)

    response = attempt(user.email, PASSWORD)

    assert response.status_code == 429
    assert response.json()["errors"][0]["code"] == "throttled"
    wait = int(response.headers["Retry-After"])
    assert 0 < wait <= settings.AXES_COOLOFF_TIME.total_seconds()


def test_retry_after_is_kept(attempt, user):
    statuses(attempt, user.email)
    halfway = settings.AXES_COOLOFF_TIME / 2
    with time_machine.travel(timezone.now() + halfway):
        wait = int(attempt(user.email).headers["Retry-After"])
        assert wait <= halfway.total_seconds() + 1

    with time_machine.travel(timezone.now() + halfway + timedelta(seconds=wait + 1)):
        assert attempt(user.email, PASSWORD).status_code == 200


def test_the_case_of_the_address_is_no_way_around(attempt, user):
    for _ in range(LIMIT):
        attempt(user.email.upper())

    assert attempt(user.email).status_code == 429


def test_neighbours_and_other_accounts_are_not_locked(attempt, user, manager):
    statuses(attempt, user.email)

    assert attempt(manager.email, PASSWORD).status_code == 200
    elsewhere = attempt(user.email, PASSWORD, REMOTE_ADDR="203.0.113.9")
    assert elsewhere.status_code == 200


def test_success_forgets_earlier_failures(attempt, user):
    for _ in range(2):
        for _ in range(LIMIT - 1):
            attempt(user.email)
        assert attempt(user.email, PASSWORD).status_code == 200


def test_the_admins_door_is_guarded_by_the_same_count(client, attempt, user):
    form = {"username": user.email, "password": "wrong"}
    responses = [client.post("/admin/login/", form) for _ in range(LIMIT)]

    assert responses[-1].status_code == 429
    assert int(responses[-1].headers["Retry-After"]) > 0
    assert attempt(user.email, PASSWORD).status_code == 429
