"""The pages that show the API, and the schema behind them."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from ..artefacts.openapi import VERSIONS


@pytest.mark.parametrize(
    "path", ["/api/docs", "/api/docs/", "/api/redoc/", "/api/schema/"]
)
def test_pages_open_without_log_in(client, path):
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("name", ["swagger-ui", "redoc"])
def test_pages_load_nothing_from_elsewhere(client, name):
    response = client.get(reverse(name))

    assert "//" not in response.text.replace("<!DOCTYPE html>", "")
    assert "default-src 'self'" in response.headers["Content-Security-Policy"]
    assert "script-src" not in response.headers["Content-Security-Policy"]


def test_swagger_ui_start_script_is_served_apart(client):
    response = client.get(reverse("swagger-ui"), {"script": ""})

    assert response.headers["Content-Type"] == "application/javascript"
    assert reverse("schema") in response.text


def test_redoc_fetches_nothing_from_its_maker(client):
    response = client.get(reverse("redoc-script"))

    assert response.headers["Content-Type"].startswith("text/javascript")
    assert "Redoc" in response.text
    assert "cdn.redoc.ly" not in response.text


@pytest.mark.parametrize("version", VERSIONS)
def test_every_version_has_its_schema(client, version):
    response = client.get(f"/api/{version}/schema/")

    assert response.status_code == 200
    assert f"/api/{version}/me/" in response.text


@pytest.mark.django_db
@pytest.mark.parametrize("version", VERSIONS)
def test_schema_generates_without_a_warning(tmp_path, version):
    call_command(
        "spectacular",
        api_version=version,
        file=str(tmp_path / "openapi.yaml"),
        validate=True,
        fail_on_warn=True,
    )
