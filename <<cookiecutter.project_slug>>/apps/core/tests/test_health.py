"""Liveness asks nobody, readiness asks everybody."""

import time

import pytest
from django.conf import settings
from django.db import ConnectionHandler
from psycopg_pool import PoolTimeout

from apps.core import health


def test_live_needs_no_database(client):
    response = client.get("/health/live/")

    assert response.status_code == 200
    assert response.json() == {"status": "ok"}
    assert "no-cache" in response.headers["Cache-Control"]


@pytest.mark.django_db
def test_ready_lists_every_configured_part(client):
    response = client.get("/health/ready/")

    assert response.status_code == 200
    assert response.json()["parts"] == dict.fromkeys(settings.READINESS_CHECKS, "ok")


@pytest.mark.django_db
@pytest.mark.parametrize("part", ["database", "cache"])
def test_ready_says_which_part_fails(client, monkeypatch, part):
    def fail():
        raise ConnectionError("10.0.0.5 refused, password 's3cret'")

    monkeypatch.setattr(health, f"check_{part}", fail)

    response = client.get("/health/ready/")

    assert response.status_code == 503
    assert response.json()["parts"][part] == "failed"
    assert list(response.json()["parts"].values()).count("failed") == 1
    assert "s3cret" not in response.text


def test_a_database_that_is_gone_is_reported_before_a_probe_gives_up(monkeypatch):
    gone = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "gone",
        "HOST": "127.0.0.1",
        "PORT": 1,
        "OPTIONS": {"pool": {"min_size": 1, "timeout": 60}},
    }
    connection = ConnectionHandler({"default": {}, "gone": gone})["gone"]
    monkeypatch.setattr(health, "connection", connection)
    began = time.monotonic()

    with pytest.raises(PoolTimeout):
        health.check_database()

    connection.close_pool()
    assert time.monotonic() - began < 2 * health.PATIENCE_SECONDS


@pytest.mark.django_db
def test_a_cache_that_swallows_its_errors_is_found_out(client, settings):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    }

    assert client.get("/health/ready/").json()["parts"]["cache"] == "failed"


def test_writing_to_a_probe_is_refused(client):
    assert client.post("/health/live/").status_code == 405
