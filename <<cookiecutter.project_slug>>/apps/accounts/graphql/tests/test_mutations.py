"""GraphQL: accounts are opened, used and closed as through REST."""

import pytest
from django.core import mail

from apps.accounts.models import User
from apps.accounts.tests.factories import PASSWORD
from apps.accounts.tokens import email_verification_token, password_reset_token

pytestmark = pytest.mark.django_db

ERRORS = "errors { code message fields { name messages } }"
LOG_IN = f"""mutation ($input: LogInInput!) {{
    logIn(input: $input) {{ access refresh {ERRORS} }}
}}"""
REFRESH = f"""mutation ($input: RefreshTokensInput!) {{
    refreshTokens(input: $input) {{ access refresh {ERRORS} }}
}}"""
ME = "{ me { email } }"


def run(client, query: str, **given) -> dict:
    message = {"query": query, "variables": {"input": given}}
    answer = client.post("/graphql", message).json()
    assert "errors" not in answer, answer
    [payload] = answer["data"].values()
    return payload


def do(client, mutation: str, **given) -> dict:
    kind = f"{mutation[0].upper()}{mutation[1:]}Input!"
    query = f"mutation ($input: {kind}) {{ {mutation}(input: $input) {{ {ERRORS} }} }}"
    return run(client, query, **given)


def me(client, access: str):
    headers = {"Authorization": f"Bearer {access}"}
    return client.post("/graphql", {"query": ME}, headers=headers)


def test_from_registration_to_log_out(api_client):
    account = {"email": "ada@example.com", "password": PASSWORD}

    assert do(api_client, "register", **account, fullName="Ada")["errors"] == []
    assert [message.to for message in mail.outbox] == [["ada@example.com"]]
    [error] = run(api_client, LOG_IN, **account)["errors"]
    assert error["code"] == "email_not_verified"

    token = email_verification_token(User.objects.get())
    assert do(api_client, "verifyEmail", token=token)["errors"] == []
    tokens = run(api_client, LOG_IN, **account)
    assert me(api_client, tokens["access"]).json()["data"]["me"] == {
        "email": "ada@example.com"
    }

    api_client.credentials(HTTP_AUTHORIZATION=f"Bearer {tokens['access']}")
    assert do(api_client, "logOut")["errors"] == []
    api_client.credentials()
    assert me(api_client, tokens["access"]).status_code == 401


def test_a_refresh_token_works_once_and_its_reuse_ends_the_session(api_client, user):
    first = run(api_client, LOG_IN, email=user.email, password=PASSWORD)
    second = run(api_client, REFRESH, refresh=first["refresh"])
    assert second["errors"] == []

    [error] = run(api_client, REFRESH, refresh=first["refresh"])["errors"]

    assert error["code"] == "session_ended"
    assert me(api_client, second["access"]).status_code == 401


def test_what_is_wrong_is_said_field_by_field(api_client):
    payload = do(api_client, "register", email="nobody", password="")

    assert payload["errors"] == [
        {
            "code": "invalid",
            "message": "The input is not valid.",
            "fields": [
                {"name": "email", "messages": ["Enter a valid email address."]},
            ],
        },
        {
            "code": "blank",
            "message": "The input is not valid.",
            "fields": [
                {"name": "password", "messages": ["This field may not be blank."]}
            ],
        },
    ]


def test_names_of_fields_are_those_of_the_input(auth_client, user):
    payload = do(
        auth_client(user), "changePassword", oldPassword=PASSWORD, newPassword="short"
    )

    [error] = payload["errors"]
    assert error["code"] == "weak_password"
    assert [field["name"] for field in error["fields"]] == ["newPassword"]


def test_wrong_credentials(api_client, user):
    payload = run(api_client, LOG_IN, email=user.email, password="wrong")

    assert payload["access"] is None
    assert [(error["code"], error["fields"]) for error in payload["errors"]] == [
        ("authentication_failed", [])
    ]


def test_too_many_wrong_passwords_lock_out_as_in_rest(api_client, user):
    message = {
        "query": LOG_IN,
        "variables": {"input": {"email": user.email, "password": "wrong"}},
    }
    answers = [api_client.post("/graphql", message) for _ in range(6)]

    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert answers[-1].json()["errors"][0]["code"] == "throttled"


def test_a_new_password_by_mail(api_client, user):
    assert do(api_client, "requestPasswordReset", email=user.email)["errors"] == []
    assert len(mail.outbox) == 1

    new = {"token": password_reset_token(user), "newPassword": "another-horse-battery"}
    assert do(api_client, "resetPassword", **new)["errors"] == []

    user.refresh_from_db()
    assert user.check_password("another-horse-battery")


def test_one_name_in_every_answer(auth_client, user):
    query = f"""mutation ($input: UpdateMeInput!) {{
        updateMe(input: $input) {{ me {{ fullName }} clientMutationId {ERRORS} }}
    }}"""

    payload = run(auth_client(user), query, fullName="Ada", clientMutationId="7")

    assert payload == {
        "me": {"fullName": "Ada"},
        "clientMutationId": "7",
        "errors": [],
    }
