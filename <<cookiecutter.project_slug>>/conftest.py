"""Fixtures that every app's tests share."""

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import TestCase
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


@pytest.fixture(autouse=True)
def _cache_of_its_own(worker_id, testrun_uid):
    """Start empty, and apart from whatever else uses the same Redis."""
    cache.key_prefix = f"{testrun_uid}-{worker_id}"
    empty = getattr(cache, "delete_pattern", lambda pattern: cache.clear())
    empty("*")
    yield
    empty("*")


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
