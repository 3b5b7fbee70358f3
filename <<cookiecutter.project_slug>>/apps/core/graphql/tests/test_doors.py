"""Both doors say the same of who comes in, and count together how often."""

import pytest

ME = "/api/v1/me/"
QUERY = {"query": "{ __typename }"}
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("header", ["Bearer", "Bearer x", "Bearer a b", "Bearer a.b.c"])
def test_a_bad_token_gets_one_answer(api_client, header):
    api_client.credentials(HTTP_AUTHORIZATION=header)

    graphql, rest = api_client.post("/graphql", QUERY), api_client.get(ME)

    assert graphql.status_code == rest.status_code == 401
    assert graphql.json() == rest.json()
    assert graphql.headers["WWW-Authenticate"] == rest.headers["WWW-Authenticate"]


def test_one_budget_for_both_doors(auth_client, user, settings, time_machine):
    time_machine.move_to("2026-11-24T10:00:30Z", tick=False)
    rates = {**settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"], "member": "2/min"}
    settings.REST_FRAMEWORK = {
        **settings.REST_FRAMEWORK,
        "DEFAULT_THROTTLE_RATES": rates,
    }
    client = auth_client(user)

    asked = [client.get(ME), client.post("/graphql", QUERY), client.get(ME)]

    assert [response.status_code for response in asked] == [200, 200, 429]
    assert client.post("/graphql", QUERY).json() == asked[-1].json()
