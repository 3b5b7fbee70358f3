"""Answers that no API view gives are JSON as well."""

import pytest
from django.contrib.staticfiles import finders
from django.test import Client, RequestFactory

from apps.core import views


@pytest.mark.parametrize(
    "path", ["/nothing", "/api/", "/api/nothing", "/api/v1/nothing/", "/api/v9/me/"]
)
def test_unknown_address_is_json(client, settings, path):
    settings.DEBUG = path.startswith("/api/")

    response = client.get(path)

    assert response.status_code == 404
    assert response.json()["errors"][0]["code"] == "not_found"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_unknown_address_asks_for_no_csrf_token(method):
    client = Client(enforce_csrf_checks=True)

    assert getattr(client, method)("/api/v1/nothing/").status_code == 404


@pytest.mark.parametrize(
    ("view", "status"),
    [
        (lambda request: views.bad_request(request, Exception()), 400),
        (lambda request: views.permission_denied(request, Exception()), 403),
        (views.server_error, 500),
    ],
    ids=["bad request", "permission denied", "server error"],
)
def test_handlers(view, status):
    response = view(RequestFactory().get("/"))

    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/json"


@pytest.mark.django_db
def test_missing_csrf_token_is_json():
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"a": "b"})

    assert response.status_code == 403
    assert response.json()["errors"][0]["code"] == "csrf_failed"


def test_browsers_find_an_icon(client, settings):
    address = client.get("/favicon.ico").headers["Location"]

    assert finders.find(address.removeprefix(settings.STATIC_URL))
