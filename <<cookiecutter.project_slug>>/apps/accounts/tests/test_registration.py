"""Registering and proving an address, over the API."""

import re

import pytest
import time_machine
from django.utils import timezone

from apps.accounts import tokens
from apps.accounts.models import User

from .factories import PASSWORD, UserFactory

REGISTER = "/api/v1/auth/register/"
VERIFY = "/api/v1/auth/verify-email/"
RESEND = "/api/v1/auth/resend-verification/"
LOGIN = "/api/v1/auth/login/"

pytestmark = pytest.mark.django_db


def token_in(mail) -> str:
    return re.search(r"token=(\S+)", mail.body)[1]


def test_from_stranger_to_logged_in(api_client, mailoutbox):
    form = {"email": "Ada@Example.com", "password": PASSWORD, "full_name": "Ada"}

    assert api_client.post(REGISTER, form).status_code == 202
    user = User.objects.get()
    assert (user.email, user.role) == ("ada@example.com", "member")
    assert user.check_password(PASSWORD)

    early = api_client.post(LOGIN, form)
    assert early.status_code == 403
    assert early.json()["errors"][0]["code"] == "email_not_verified"

    [mail] = mailoutbox
    assert mail.to == ["ada@example.com"]
    assert api_client.post(VERIFY, {"token": token_in(mail)}).status_code == 204
    assert api_client.post(LOGIN, form).status_code == 200


def test_a_registered_address_gets_the_same_answer(api_client, mailoutbox):
    known = UserFactory()
    form = {"email": known.email.upper(), "password": "another-long-password"}

    taken = api_client.post(REGISTER, form)
    fresh = api_client.post(REGISTER, {**form, "email": "new@example.com"})

    assert (taken.status_code, taken.json()) == (fresh.status_code, fresh.json())
    known.refresh_from_db()
    assert known.check_password(PASSWORD)
    assert mailoutbox[0].subject == "You already have an account"


def test_mail_repeats_nothing_a_stranger_typed(api_client, mailoutbox):
    spam = {"email": "a@example.com", "password": PASSWORD, "full_name": "Buy pills"}

    api_client.post(REGISTER, spam)

    assert "pills" not in mailoutbox[0].body + mailoutbox[0].subject


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("email", "not-an-address", "invalid"),
        ("email", "", "blank"),
        ("password", "short", "weak_password"),
        ("password", "password1234", "weak_password"),
        ("password", "ada.lovelace@example", "weak_password"),
        ("password", "x" * 129, "max_length"),
    ],
)
def test_bad_input_names_the_field(api_client, field, value, code):
    form = {"email": "ada.lovelace@example.com", "password": PASSWORD, field: value}

    response = api_client.post(REGISTER, form)

    assert response.status_code == 400
    shown = {(error["attr"], error["code"]) for error in response.json()["errors"]}
    assert (field, code) in shown
    assert not User.objects.exists()


def test_a_failing_mail_server_loses_no_user(api_client, settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.nowhere.EmailBackend"

    response = api_client.post(
        REGISTER, {"email": "a@example.com", "password": PASSWORD}
    )

    assert response.status_code == 202
    assert User.objects.exists()
    assert "backends.nowhere" in caplog.text


def test_verifying_twice_keeps_the_first_date(api_client):
    user = UserFactory(email_verified_at=None)
    token = {"token": tokens.email_verification_token(user)}

    api_client.post(VERIFY, token)
    user.refresh_from_db()
    first = user.email_verified_at
    assert api_client.post(VERIFY, token).status_code == 204

    user.refresh_from_db()
    assert user.email_verified_at == first


def _forged(user):
    return tokens.email_verification_token(user)[:-1] + "x"


def _too_old(user):
    with time_machine.travel(timezone.now() - timezone.timedelta(days=3)):
        return tokens.email_verification_token(user)


def _for_a_former_address(user):
    token = tokens.email_verification_token(user)
    user.email = "moved@example.com"
    user.save()
    return token


@pytest.mark.parametrize("make", [_forged, _too_old, _for_a_former_address])
def test_a_bad_link_verifies_nothing(api_client, make):
    user = UserFactory(email_verified_at=None)

    response = api_client.post(VERIFY, {"token": make(user)})

    assert response.status_code == 400
    assert response.json()["errors"][0]["attr"] == "token"
    user.refresh_from_db()
    assert user.email_verified_at is None


def test_resending_reaches_only_those_who_wait_for_it(api_client, mailoutbox):
    waiting, verified = UserFactory(email_verified_at=None), UserFactory()

    answers = [
        api_client.post(RESEND, {"email": email})
        for email in (waiting.email, verified.email, "nobody@example.com")
    ]

    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.text for answer in answers}) == 1
    assert [mail.to for mail in mailoutbox] == [[waiting.email]]
