"""Rate limits: who is counted, and what the one too many gets."""

import pytest

ME = "/api/v1/me/"
LOGIN = "/api/v1/auth/login/"


@pytest.fixture
def rates(settings):
    rates = dict(settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"])
    settings.REST_FRAMEWORK = {
        **settings.REST_FRAMEWORK,
        "DEFAULT_THROTTLE_RATES": rates,
    }
    return rates


def test_scope_limits_an_open_endpoint_by_address(api_client, rates, db):
    rates["auth"] = "1/min"
    first = api_client.post(LOGIN, {})
    second = api_client.post(LOGIN, {})
    elsewhere = api_client.post(LOGIN, {}, REMOTE_ADDR="203.0.113.9")

    assert [first.status_code, second.status_code] == [400, 429]
    assert 0 < int(second.headers["Retry-After"]) <= 60
    assert second.json()["errors"][0]["code"] == "throttled"
    assert elsewhere.status_code == 400


def test_a_forged_header_is_no_way_around(api_client, rates, db):
    rates["auth"] = "1/min"
    statuses = [
        api_client.post(LOGIN, {}, headers={"X-Forwarded-For": f"6.6.6.{n}"})
        for n in range(2)
    ]

    assert [response.status_code for response in statuses] == [400, 429]


def test_users_are_counted_apart(auth_client, user, manager, rates):
    rates["user"] = "1/min"
    mine, other = auth_client(user), auth_client(manager)

    statuses = [client.get(ME).status_code for client in (mine, mine, other)]

    assert statuses == [200, 429, 200]


def test_anonymous_callers_are_counted_by_address(api_client, rates):
    rates["anon"] = "1/min"

    statuses = [api_client.get("/api/schema/").status_code for _ in range(2)]

    assert statuses == [200, 429]
