"""Fixtures of the tests of exchange rates."""

import pytest

from .server import Source


@pytest.fixture
def source(settings, monkeypatch):
    """A server at RATES_URL, asked without any proxy of this machine."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with Source() as server:
        settings.RATES_URL = server.url
        yield server
