"""Changing and resetting passwords, over the API."""

import re

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from apps.accounts import tokens

from .factories import PASSWORD, UserFactory, session_tokens

CHANGE = "/api/v1/auth/password/change/"
RESET = "/api/v1/auth/password/reset/"
CONFIRM = "/api/v1/auth/password/reset/confirm/"
ME = "/api/v1/me/"
NEW = "a-new-and-longer-one"

pytestmark = pytest.mark.django_db


def test_changing_ends_every_other_session(auth_client, user):
    mine, elsewhere = auth_client(user), auth_client(user)

    form = {"old_password": PASSWORD, "new_password": NEW}
    assert mine.post(CHANGE, form).status_code == 204

    user.refresh_from_db()
    assert user.check_password(NEW)
    assert mine.get(ME).status_code == 200
    assert elsewhere.get(ME).status_code == 401


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"old_password": "wrong", "new_password": NEW}, "old_password"),
        ({"old_password": PASSWORD, "new_password": "short"}, "new_password"),
        ({"old_password": PASSWORD}, "new_password"),
    ],
)
def test_a_change_that_breaks_a_rule_names_it(auth_client, user, form, field):
    response = auth_client(user).post(CHANGE, form)

    assert response.status_code == 400
    assert response.json()["errors"][0]["attr"] == field
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_changing_asks_for_log_in(api_client):
    assert api_client.post(CHANGE, {}).status_code == 401


def test_resetting_ends_every_session_and_works_once(api_client, mailoutbox):
    user = UserFactory(email_verified_at=None)
    session = session_tokens(user)

    assert api_client.post(RESET, {"email": user.email}).status_code == 202
    [mail] = mailoutbox
    link = re.search(r"(\S+)\?token=(\S+)", mail.body)
    assert link[1] == f"{settings.FRONTEND_URL}/reset-password"

    form = {"token": link[2], "new_password": NEW}
    assert api_client.post(CONFIRM, form).status_code == 204
    user.refresh_from_db()
    assert user.check_password(NEW)
    assert user.email_verified_at is not None
    headers = {"Authorization": f"Bearer {session.access}"}
    assert api_client.get(ME, headers=headers).status_code == 401

    assert api_client.post(CONFIRM, form).status_code == 400


def test_asking_says_nothing_about_who_is_registered(api_client, mailoutbox, user):
    gone = UserFactory(is_active=False)

    answers = [
        api_client.post(RESET, {"email": email})
        for email in (user.email, gone.email, "nobody@example.com")
    ]

    assert len({(answer.status_code, answer.text) for answer in answers}) == 1
    assert [mail.to for mail in mailoutbox] == [[user.email]]


def test_a_weak_new_password_leaves_the_link_good(api_client, user):
    token = tokens.password_reset_token(user)

    weak = api_client.post(CONFIRM, {"token": token, "new_password": "short"})
    assert weak.json()["errors"][0]["attr"] == "new_password"
    strong = api_client.post(CONFIRM, {"token": token, "new_password": NEW})
    assert strong.status_code == 204


@pytest.mark.parametrize("token", ["", "x", "x.y", "." * 20, f"{'0' * 32}.a-b"])
def test_a_bad_token_is_refused(api_client, token):
    response = api_client.post(CONFIRM, {"token": token, "new_password": NEW})

    assert response.status_code == 400
    assert response.json()["errors"][0]["attr"] == "token"


def test_an_old_token_is_refused(api_client, user):
    token = tokens.password_reset_token(user)
    hours = timezone.timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT + 1)

    with time_machine.travel(timezone.now() + hours):
        form = {"token": token, "new_password": NEW}
        assert api_client.post(CONFIRM, form).status_code == 400


def test_passwords_are_stored_with_argon2():
    from config.settings.components.auth import PASSWORD_HASHERS

    assert PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")
