"""Fixtures of the tests that cross apps."""

import pytest
from drf_spectacular.generators import SchemaGenerator

from apps.accounts.tests.factories import UserFactory

from .examples import world_build


@pytest.fixture
def owner(db):
    """Whom the things of `world` belong to."""
    return UserFactory(email="owner@example.com")


@pytest.fixture
def world(owner) -> dict[str, dict]:
    """One thing of each kind; the arguments of the routes that lead to them."""
    return world_build(owner)


@pytest.fixture
def clients(api_client, auth_client, user, owner, manager, admin) -> list:
    """Nobody, a member, the owner, a manager, an administrator."""
    return [api_client, *map(auth_client, (user, owner, manager, admin))]


@pytest.fixture
def quick_schema(monkeypatch):
    """Who may read the schema is the question, not the seconds it takes to write."""
    monkeypatch.setattr(SchemaGenerator, "get_schema", lambda *args, **kwargs: {})
