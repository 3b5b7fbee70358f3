"""GraphQL: who asks, and how the door is guarded."""

import pytest

from apps.accounts.tests.factories import session_tokens

URL = "/graphql"
ME = "{ me { id email fullName role } }"


def test_me(auth_client, user):
    response = auth_client(user).post(URL, {"query": ME})

    assert response.json()["data"]["me"] == {
        "id": str(user.pk),
        "email": user.email,
        "fullName": user.full_name,
        "role": "member",
    }


def test_anonymous_is_nobody(api_client):
    assert api_client.post(URL, {"query": ME}).json()["data"] == {"me": None}


def test_a_cookie_speaks_for_nobody(client, user):
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    response = client.post(URL, {"query": ME}, content_type="application/json")

    assert response.json()["data"] == {"me": None}


def test_a_token_of_an_ended_session_is_refused(api_client, user):
    access = session_tokens(user).access
    user.sessions.all().delete()

    headers = {"Authorization": f"Bearer {access}"}
    assert api_client.post(URL, {"query": ME}, headers=headers).status_code == 401


@pytest.mark.parametrize(
    "query",
    ["{ nothing }", "{ __schema { types { name } } }", "{ me { id "],
    ids=["unknown field", "introspection", "syntax error"],
)
def test_an_invalid_query_is_refused(api_client, query):
    response = api_client.post(URL, {"query": query})

    assert response.status_code == 400
    assert response.json()["errors"]


def test_typename_is_no_introspection(api_client):
    response = api_client.post(URL, {"query": "{ __typename }"})

    assert response.json()["data"] == {"__typename": "Query"}


def test_introspection_can_be_switched_on(api_client, settings):
    settings.GRAPHQL_INTROSPECTION = True

    query = "{ __schema { queryType { name } } }"
    assert api_client.post(URL, {"query": query}).status_code == 200


def test_a_query_that_is_too_deep_is_refused(api_client, settings):
    settings.GRAPHQL_MAX_DEPTH = 0

    response = api_client.post(URL, {"query": ME})

    assert response.status_code == 400
    assert "depth" in response.text
