"""Fixtures that every app's tests share."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.test import TestCase, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from apps.accounts.services import user_role_set
from apps.accounts.tests.factories import SessionFactory, UserFactory, session_tokens
from apps.core.policies import ADMIN, MANAGER, MEMBER


class CommittingClient(APIClient):
    """A client whose requests commit: what they left for after the commit is done.

    Tests run inside a transaction that is never committed, which would otherwise
    swallow e-mails and cache invalidation.
    """

    def request(self, **kwargs):
        with TestCase.captureOnCommitCallbacks(execute=True):
            return super().request(**kwargs)


@pytest.fixture(scope="session", autouse=True)
def _caches_of_its_own(worker_id, testrun_uid):
    """Keep this run, in every thread, apart from whatever else uses the same Redis."""
    prefix = {"KEY_PREFIX": f"{testrun_uid}-{worker_id}"}
    caches = {name: {**cache, **prefix} for name, cache in settings.CACHES.items()}
    with override_settings(CACHES=caches):
        yield
        _empty_caches()


@pytest.fixture(autouse=True)
def _begins_with_empty_caches(_caches_of_its_own):
    _empty_caches()


def _empty_caches() -> None:
    for cache in caches.all(initialized_only=False):
        # Redis holds what others keep as well: nothing but our prefix goes.
        empty = getattr(cache, "delete_pattern", lambda _, cache=cache: cache.clear())
        empty("*")


# % if cookiecutter.use_celery
@pytest.fixture(scope="session", autouse=True)
def _no_broker():
    """Whatever the environment names is for tests that ask for it.

    Celery itself reads the variable, and believes it rather than the setting.
    """
    checks = {**settings.READINESS_CHECKS}
    checks.pop("broker", None)
    with override_settings(READINESS_CHECKS=checks), pytest.MonkeyPatch.context() as it:
        it.delenv("CELERY_BROKER_URL", raising=False)
        yield


# % endif
@pytest.fixture
def postgresql():
    """For tests of what only PostgreSQL can do. CI never goes without it."""
    if connection.vendor != "postgresql":
        assert not os.environ.get("CI"), "Set DATABASE_URL to a PostgreSQL server."
        pytest.skip("needs PostgreSQL: set DATABASE_URL")


@pytest.fixture
def at_once():
    """Return a function: all these calls at the same moment, each in its own thread.

    What it returns are their answers, in order. Needs a test whose rows are committed.
    """

    def run(calls: Sequence[Callable[[], Any]]) -> list:
        start = Barrier(len(calls))

        def answer(call: Callable[[], Any]):
            start.wait()
            try:
                return call()
            finally:
                connection.close()

        with ThreadPoolExecutor(len(calls)) as threads:
            return list(threads.map(answer, calls))

    return run


@pytest.fixture
def redis_down(settings):
    """The caches of production, at an address where no Redis answers."""
    nowhere = {
        "BACKEND": "django_redis.cache.RedisCache",
        "LOCATION": "redis://127.0.0.1:1/0",
    }
    settings.CACHES = {
        **settings.CACHES,
        "default": {**nowhere, "OPTIONS": {"IGNORE_EXCEPTIONS": True}},
        "throttle": nowhere,
    }


@pytest.fixture
def api_client() -> APIClient:
    """An anonymous caller."""
    return CommittingClient()


@pytest.fixture
def user(db):
    return _user_with_role(MEMBER)


@pytest.fixture
def manager(db):
    return _user_with_role(MANAGER)


@pytest.fixture
def admin(db):
    return _user_with_role(ADMIN)


def _user_with_role(role: str):
    user = UserFactory()
    user_role_set(user=user, role=role)
    return user


@pytest.fixture
def admin_site_client(client, db):
    """A browser in which a superuser is logged in."""
    client.force_login(
        UserFactory(is_staff=True, is_superuser=True),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    return client


@pytest.fixture
def assert_rows_cost_no_queries(admin_site_client):
    """Return a function: a page of the admin asks as often for 20 rows as for 2."""

    def check(page: str, add_row: Callable[[], object]) -> None:
        # Content types are looked up once a process.
        admin_site_client.get(page)
        counts = []
        for more in (2, 18):
            for _ in range(more):
                add_row()
            with CaptureQueriesContext(connection) as queries:
                assert admin_site_client.get(page).status_code == 200
            counts.append(len(queries))
        assert counts[0] == counts[1]

    return check


@pytest.fixture
def expired_session(user):
    """A session that nobody can continue any more."""
    idle_since = timezone.now() - settings.SIMPLE_JWT["REFRESH_TOKEN_LIFETIME"]
    return SessionFactory(user=user, last_used_at=idle_since)


@pytest.fixture
def auth_client():
    """Return a function: a user's client, logged in with a real access token."""

    def client_for(user) -> APIClient:
        client = CommittingClient()
        access = session_tokens(user).access
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {access}")
        return client

    return client_for
