"""Liveness asks nobody, readiness asks everybody."""

import pytest
from django.conf import settings

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


@pytest.mark.django_db
def test_a_cache_that_swallows_its_errors_is_found_out(client, settings):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    }

    assert client.get("/health/ready/").json()["parts"]["cache"] == "failed"


def test_writing_to_a_probe_is_refused(client):
    assert client.post("/health/live/").status_code == 405
