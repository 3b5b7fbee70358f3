"""GraphQL: who asks."""

from graphql_relay import to_global_id

from apps.accounts.tests.factories import session_tokens

URL = "/graphql"
ME = "{ me { id email fullName role } }"


def test_me(auth_client, user):
    response = auth_client(user).post(URL, {"query": ME})

    assert response.json()["data"]["me"] == {
        "id": to_global_id("User", str(user.pk)),
        "email": user.email,
        "fullName": user.full_name,
        "role": "member",
    }


def test_administrators_search_as_in_rest(auth_client, admin, user):
    query = "query ($t: String) { users(search: $t) { edges { node { email } } } }"
    body = {"query": query, "variables": {"t": user.email}}

    edges = auth_client(admin).post(URL, body).json()["data"]["users"]["edges"]

    assert [edge["node"]["email"] for edge in edges] == [user.email]


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
