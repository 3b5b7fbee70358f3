"""Who is let in, how often, and what a request has to look like."""

import json

import pytest
import structlog

from apps.accounts.tests.factories import session_tokens

pytestmark = [
    pytest.mark.urls("apps.core.graphql.tests.schema"),
    pytest.mark.django_db,
]
URL, JSON = "/graphql", "application/json"
WHO = "mutation { whoAmI { email } }"
ECHO = "{ echo }"


@pytest.fixture
def rates(settings, time_machine):
    """The rates, to be changed, in a window that does not end during the test."""
    time_machine.move_to("2026-11-24T10:00:30Z", tick=False)
    rates = dict(settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"])
    settings.REST_FRAMEWORK = {
        **settings.REST_FRAMEWORK,
        "DEFAULT_THROTTLE_RATES": rates,
    }
    return rates


def error(response) -> dict:
    """The one error of a request that was refused as REST refuses it."""
    assert set(response.json()) == {"type", "errors"}
    [shown] = response.json()["errors"]
    return shown


def test_a_token_speaks_for_its_user(auth_client, user):
    answer = auth_client(user).post(URL, {"query": WHO}).json()

    assert answer == {"data": {"whoAmI": {"email": user.email}}}


def test_a_cookie_speaks_for_nobody(client, user):
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    answer = client.post(URL, {"query": WHO}, content_type=JSON).json()

    assert answer == {"data": {"whoAmI": {"email": None}}}


@pytest.mark.parametrize("token", ["nonsense", "a.b.c", "", "a b"])
def test_a_token_that_is_none_is_refused(ask, api_client, token):
    api_client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")

    response = ask(ECHO)

    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"].startswith("Bearer")
    assert response.json()["type"] == "client_error"


def test_an_expired_token_is_refused(ask, api_client, user, time_machine):
    time_machine.move_to("2026-11-24T10:00:00Z")
    api_client.credentials(HTTP_AUTHORIZATION=f"Bearer {session_tokens(user).access}")
    time_machine.move_to("2026-11-24T10:11:00Z")

    response = ask(ECHO)

    assert response.status_code == 401
    assert error(response)["code"] == "token_not_valid"


def test_a_token_of_an_ended_session_is_refused(ask, api_client, user):
    api_client.credentials(HTTP_AUTHORIZATION=f"Bearer {session_tokens(user).access}")
    user.sessions.all().delete()

    response = ask(ECHO)

    assert response.status_code == 401
    assert error(response)["code"] == "session_ended"


def test_requests_are_counted_as_rest_counts_them(ask, rates):
    rates["anon"] = "1/min"
    first, second = ask(ECHO), ask(ECHO)

    assert [first.status_code, second.status_code] == [200, 429]
    assert error(second)["code"] == "throttled"
    assert int(second.headers["Retry-After"]) > 0


def test_users_are_counted_by_their_role(auth_client, user, rates):
    rates.update(anon="1/min", member="2/min")
    client = auth_client(user)

    statuses = [client.post(URL, {"query": ECHO}).status_code for _ in range(3)]

    assert statuses == [200, 200, 429]


def test_every_operation_of_a_batch_is_a_request(api_client, rates):
    rates["anon"] = "3/min"
    batch = [{"query": ECHO}] * 2

    statuses = [api_client.post(URL, batch).status_code for _ in range(2)]

    assert statuses == [200, 429]


def test_twenty_aliases_of_a_mutation_are_twenty_calls(ask, rates):
    rates["auth"] = "12/min"
    aliases = " ".join(f"k{n}: knock {{ ok }}" for n in range(20))

    answer = ask(f"mutation {{ {aliases} }}").json()

    codes = [shown["extensions"]["code"] for shown in answer["errors"]]
    assert codes == ["throttled"] * 8
    assert 0 < answer["errors"][0]["extensions"]["retryAfter"] <= 60
    assert list(answer["data"].values()) == [{"ok": True}] * 12 + [None] * 8


@pytest.mark.parametrize("method", ["get", "put", "patch", "delete"])
def test_nothing_but_a_post_is_answered(api_client, method):
    response = getattr(api_client, method)(f"{URL}?query={{echo}}")

    assert response.status_code == 405
    assert response.headers["Content-Type"] == JSON
    assert error(response)["code"] == "method_not_allowed"


@pytest.mark.parametrize(
    ("content", "media_type", "status", "code"),
    [
        (b'{"query": ', JSON, 400, "parse_error"),
        (b"", JSON, 400, "invalid"),
        (b'{"query": "\xff"}', JSON, 400, "parse_error"),
        (b"[" * 100_000, JSON, 400, "parse_error"),
        (b'{"query": NaN}', JSON, 400, "parse_error"),
        (b"null", JSON, 400, "invalid"),
        (b'"{ echo }"', JSON, 400, "invalid"),
        (b"[1]", JSON, 400, "invalid"),
        (b"{}", JSON, 400, "invalid"),
        (b"{ echo }", "application/graphql", 415, "unsupported_media_type"),
        (b"query={echo}", "application/x-www-form-urlencoded", 415, None),
        (b"{}", "multipart/form-data; boundary=x", 415, None),
        (b"{}", "nonsense", 415, None),
        (b" " * 10_000_000, JSON, 413, "payload_too_large"),
        (b" " * 11_000_000, JSON, 413, "payload_too_large"),
    ],
)
def test_a_body_that_is_no_operation(api_client, content, media_type, status, code):
    response = api_client.generic("POST", URL, content, content_type=media_type)

    assert response.status_code == status
    assert code in (error(response)["code"], None)


@pytest.mark.parametrize(
    ("members", "attr"),
    [
        ({"query": ""}, "query"),
        ({"query": None}, "query"),
        ({"query": ["{ echo }"]}, "query"),
        ({"query": ECHO, "variables": [1]}, "variables"),
        ({"query": ECHO, "variables": "{}"}, "variables"),
        ({"query": ECHO, "variables": {"a": [{"b": "\0"}]}}, "variables"),
        ({"query": ECHO, "variables": {"\0": 1}}, "variables"),
        ({"query": ECHO, "variables": {"a": "\ud800"}}, "variables"),
        ({"query": ECHO, "operationName": 1}, "operationName"),
        ({"query": ECHO, "operationName": {}}, "operationName"),
    ],
    ids=str,
)
def test_a_member_that_is_wrong_is_named(api_client, members, attr):
    response = api_client.generic("POST", URL, json.dumps(members), content_type=JSON)

    assert response.status_code == 400
    assert error(response)["attr"] == attr


def test_ten_megabytes_of_query(ask):
    response = ask("{ echo }" + " " * 10_000_000)

    assert response.status_code == 413


def test_operation_and_variables(ask):
    query = "query A { __typename } query B($t: String) { echo(text: $t) }"

    answer = ask(query, operationName="B", variables={"t": "hi"}, extensions={})

    assert answer.json() == {"data": {"echo": "hi"}}
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_the_log_says_what_was_asked_and_no_value(ask):
    query = "query Secret($t: String) { echo(text: $t) }"

    with structlog.testing.capture_logs(
        processors=[structlog.contextvars.merge_contextvars]
    ) as lines:
        ask(query, variables={"t": "hunter2"})

    [line] = [line for line in lines if line["event"] == "request_finished"]
    assert line["graphql_operation"] == "Secret"
    assert line["graphql_type"] == "query"
    assert line["graphql_cost"] == 1
    assert "hunter2" not in str(lines)
