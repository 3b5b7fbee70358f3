"""Rate limits: who is counted, and what the one too many gets."""

import time
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import caches

from apps.accounts.tests.factories import UserFactory
from apps.core import throttling

ME = "/api/v1/me/"
LOGIN = "/api/v1/auth/login/"


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
    rates["member"] = "1/min"
    mine, other, another = map(auth_client, (user, UserFactory(), manager))

    statuses = [client.get(ME).status_code for client in (mine, mine, other, another)]

    assert statuses == [200, 429, 200, 200]


def test_roles_have_rates_of_their_own(auth_client, user, manager, rates):
    rates.update(member="1/min", manager="2/min")

    def statuses(client):
        return [client.get(ME).status_code for _ in range(3)]

    assert statuses(auth_client(user)) == [200, 429, 429]
    assert statuses(auth_client(manager)) == [200, 200, 429]


def test_a_new_window_begins_anew(api_client, rates, db, time_machine):
    rates["auth"] = "1/min"
    time_machine.move_to("2026-11-24T10:00:50Z", tick=False)
    api_client.post(LOGIN, {})
    refused = api_client.post(LOGIN, {})
    time_machine.move_to("2026-11-24T10:01:00Z", tick=False)

    assert refused.headers["Retry-After"] == "10"
    assert api_client.post(LOGIN, {}).status_code == 400


def test_a_limit_holds_while_redis_is_down(api_client, rates, db, redis_down):
    rates["auth"] = "1/min"

    statuses = [api_client.post(LOGIN, {}).status_code for _ in range(2)]

    assert statuses == [400, 429]


def test_anonymous_callers_are_counted_by_address(api_client, rates):
    rates["anon"] = "1/min"

    statuses = [api_client.get("/api/schema/").status_code for _ in range(2)]

    assert statuses == [200, 429]


def test_counts_do_not_stay_for_ever(api_client, rates, db):
    ttl = getattr(caches["throttle"], "ttl", None)
    if ttl is None:
        pytest.skip("needs Redis: set CACHE_URL")
    rates["auth"] = "1/min"
    api_client.post(LOGIN, {})

    [counted] = caches["throttle"].keys("throttle:auth:*")
    assert 0 < ttl(counted) <= 60


@pytest.fixture
def process(monkeypatch, rf):
    """Return a function that makes another process: how it answers a caller."""

    def start():
        taken = {}

        def allows(address: str = "127.0.0.1") -> bool:
            monkeypatch.setattr(throttling, "_taken", taken)
            request = rf.get("/", REMOTE_ADDR=address)
            request.user = AnonymousUser()
            view = SimpleNamespace(throttle_scope="auth")
            return throttling.ScopedRateThrottle().allow_request(request, view)

        allows.taken = taken
        return allows

    return start


@pytest.mark.parametrize(
    ("limit", "counted"), [(199, 4), (200, 4), (300, 6), (9999, 5)]
)
def test_a_generous_limit_is_counted_a_few_at_a_time(process, rates, limit, counted):
    rates["auth"] = f"{limit}/min"
    allows = process()

    assert [allows() for _ in range(4)] == [True] * 4
    window = int(time.time()) // 60
    assert caches["throttle"].get(f"throttle:auth:127.0.0.1:{window}") == counted


def test_a_generous_limit_is_never_passed(process, rates):
    rates["auth"] = "300/min"
    one, other = process(), process()

    allowed = sum(allows() for _ in range(200) for allows in (one, other))

    assert allowed == 300


def test_numbers_left_in_another_process_are_missed_and_no_more(process, rates):
    rates["auth"] = "300/min"
    assert process()()
    allows = process()

    assert sum(allows() for _ in range(400)) == 300 - 3


def test_numbers_taken_in_advance_take_no_memory_for_ever(process, rates, monkeypatch):
    rates["auth"] = "300/min"
    monkeypatch.setattr(throttling, "_MOST_CALLERS", 2)
    allows = process()

    assert all(allows(f"192.0.2.{number}") for number in range(5))
    assert len(allows.taken) <= 2
