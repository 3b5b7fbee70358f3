"""Logging in and out, and what becomes of tokens."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone
from rest_framework.request import Request
from rest_framework_simplejwt.backends import TokenBackend
from rest_framework_simplejwt.tokens import AccessToken, RefreshToken
from structlog.contextvars import bound_contextvars, get_contextvars

from apps.accounts import services
from apps.accounts.authentication import SessionJWTAuthentication
from apps.accounts.models import Session

from .factories import PASSWORD, UserFactory, session_tokens

LOGIN = "/api/v1/auth/login/"
REFRESH = "/api/v1/auth/refresh/"
LOGOUT = "/api/v1/auth/logout/"
LOGOUT_ALL = "/api/v1/auth/logout-all/"
ME = "/api/v1/me/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(api_client):
    """Return a function: the status of `me` with an access token."""

    def status(access: str) -> int:
        headers = {"Authorization": f"Bearer {access}"}
        return api_client.get(ME, headers=headers).status_code

    return status


def test_log_in_gives_tokens_that_work(api_client, me, user):
    response = api_client.post(
        LOGIN,
        {"email": user.email.upper(), "password": PASSWORD},
        headers={"User-Agent": "curl/8"},
        REMOTE_ADDR="203.0.113.7",
    )

    assert response.status_code == 200
    assert me(response.json()["access"]) == 200
    session = Session.objects.get()
    assert (session.user, session.user_agent) == (user, "curl/8")
    assert session.ip_address == "203.0.113.7"
    user.refresh_from_db()
    assert user.last_login is not None


@pytest.mark.parametrize("field", ["email", "password"])
def test_wrong_credentials_do_not_say_which(api_client, user, field):
    form = {"email": user.email, "password": PASSWORD, field: "nobody@example.com"}

    response = api_client.post(LOGIN, form)

    assert response.status_code == 401
    assert response.json()["errors"][0]["code"] == "authentication_failed"
    assert "WWW-Authenticate" in response.headers


def test_a_deactivated_user_cannot_log_in(api_client):
    user = UserFactory(is_active=False)

    form = {"email": user.email, "password": PASSWORD}
    assert api_client.post(LOGIN, form).status_code == 401


def test_access_tokens_live_ten_minutes_at_most(me, user):
    access = session_tokens(user).access
    lifetime = AccessToken(access)["exp"] - AccessToken(access)["iat"]

    assert lifetime <= 600
    # The first request checks the signature, the next one remembers that it did.
    assert me(access) == 200
    with time_machine.travel(timezone.now() + timedelta(seconds=601)):
        assert me(access) == 401


def test_a_signature_is_checked_once(me, user, monkeypatch):
    decoded = []

    def decode(self, token, decode=TokenBackend.decode, **options):
        decoded.append(token)
        return decode(self, token, **options)

    access = session_tokens(user).access
    monkeypatch.setattr(TokenBackend, "decode", decode)

    assert [me(access), me(access), me(access + "x")] == [200, 200, 401]
    assert len(decoded) == 2


def test_refreshing_rotates_and_leaves_the_access_token_in_use(api_client, me, user):
    first = session_tokens(user)

    response = api_client.post(REFRESH, {"refresh": first.refresh})

    assert response.status_code == 200
    second = response.json()
    assert second["refresh"] != first.refresh
    assert me(first.access) == me(second["access"]) == 200


def test_a_refresh_token_that_comes_twice_ends_its_session(api_client, me, user):
    first, elsewhere = session_tokens(user), session_tokens(user)
    second = api_client.post(REFRESH, {"refresh": first.refresh}).json()

    reused = api_client.post(REFRESH, {"refresh": first.refresh})

    assert reused.status_code == 401
    assert reused.json()["errors"][0]["code"] == "session_ended"
    heir = api_client.post(REFRESH, {"refresh": second["refresh"]})
    assert heir.status_code == 401
    assert me(second["access"]) == 401
    assert me(elsewhere.access) == 200


@pytest.mark.parametrize(
    "make",
    [
        lambda user: "not a token",
        lambda user: session_tokens(user).access,
        lambda user: session_tokens(user).refresh[:-2] + "xx",
        lambda user: str(RefreshToken.for_user(user)),
    ],
    ids=["garbage", "access token", "bad signature", "without session"],
)
def test_a_bad_refresh_token_is_refused(api_client, user, make):
    assert api_client.post(REFRESH, {"refresh": make(user)}).status_code == 401


def test_a_token_without_session_is_refused(me, user):
    assert me(str(RefreshToken.for_user(user).access_token)) == 401


def test_logging_out_ends_this_session_at_once(auth_client, api_client, me, user):
    mine, elsewhere = session_tokens(user), session_tokens(user)
    api_client.credentials(HTTP_AUTHORIZATION=f"Bearer {mine.access}")

    assert api_client.post(LOGOUT).status_code == 204

    api_client.credentials()
    assert me(mine.access) == 401
    assert api_client.post(REFRESH, {"refresh": mine.refresh}).status_code == 401
    assert me(elsewhere.access) == 200


def test_logging_out_everywhere(auth_client, me, user, manager):
    phone, others = session_tokens(user), session_tokens(manager)

    assert auth_client(user).post(LOGOUT_ALL).status_code == 204

    assert me(phone.access) == 401
    assert me(others.access) == 200


def test_deactivating_a_user_ends_their_sessions(me, user, api_client):
    tokens = session_tokens(user)
    user.is_active = False
    user.save()

    assert me(tokens.access) == 401
    assert api_client.post(REFRESH, {"refresh": tokens.refresh}).status_code == 401


def test_a_request_costs_one_query_for_authentication(
    auth_client, user, django_assert_num_queries
):
    client = auth_client(user)

    with django_assert_num_queries(1):  # session, user and role together
        client.get(ME)


def test_what_is_logged_from_then_on_names_the_caller(user, rf):
    headers = {"Authorization": f"Bearer {session_tokens(user).access}"}

    with bound_contextvars(user_id=None):
        SessionJWTAuthentication().authenticate(Request(rf.get(ME, headers=headers)))
        assert get_contextvars()["user_id"] == user.pk


def test_purge_deletes_what_has_expired_and_nothing_else(user, expired_session):
    session_tokens(user)
    assert services.expired_tokens_purge() == 1
    assert Session.objects.count() == 1

    later = timezone.now() + settings.SIMPLE_JWT["REFRESH_TOKEN_LIFETIME"]
    assert services.expired_tokens_purge(now=later) == 2
    assert not Session.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("token", ["a.b.c", "\xff", "eyJ"])
def test_a_token_that_is_none_is_one_error(api_client, token):
    api_client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
    response = api_client.get("/api/v1/me/")

    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"].startswith("Bearer")
    assert [error["code"] for error in response.json()["errors"]] == ["token_not_valid"]
