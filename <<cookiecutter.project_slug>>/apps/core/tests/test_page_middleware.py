"""Sessions are for pages: below the API no cookie is looked at."""

from unittest.mock import Mock

import pytest
from csp.decorators import csp_exempt, csp_replace
from django.http import HttpResponse
from django.test import Client
from django.urls import path

POLICY = "Content-Security-Policy"


@csp_replace({"default-src": ["'none'"]})
def strict(request):
    return HttpResponse()


@csp_exempt()
def free(request):
    return HttpResponse()


def attributes(request):
    return HttpResponse(" ".join(vars(request)))


urlpatterns = [
    path("api/v1/attributes/", attributes),
    path("api/v1/free/", free),
    path("api/v1/strict/", strict),
    path("attributes/", attributes),
]


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("url", "expected"), [("/attributes/", True), ("/api/v1/attributes/", False)]
)
def test_sessions_are_for_pages_alone(client, url, expected):
    found = client.get(url).content.decode().split()

    assert [name in found for name in ("session", "user", "_messages")] == [
        expected
    ] * 3


@pytest.mark.django_db
def test_a_session_speaks_for_nobody_and_is_not_even_read(
    client, user, django_assert_num_queries
):
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    with django_assert_num_queries(0):
        response = client.get("/api/v1/me/")

    assert response.status_code == 401
    assert "Cookie" not in response.headers["Vary"]


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("url", ["/attributes/", "/api/v1/attributes/"])
def test_a_forged_write_is_refused_everywhere(url):
    client = Client(enforce_csrf_checks=True)

    response = client.post(url)

    assert response.status_code == 403
    assert response.json()["errors"][0]["code"] == "csrf_failed"


@pytest.mark.urls(__name__)
def test_the_policy_is_built_once_for_the_api(client, monkeypatch):
    built = Mock(return_value="default-src 'self'")
    monkeypatch.setattr("csp.middleware.build_policy", built)

    client.get("/api/v1/attributes/")
    assert not built.called
    client.get("/attributes/")
    assert built.called


@pytest.mark.urls(__name__)
def test_the_policy_is_the_same_everywhere_unless_a_view_has_its_own(client):
    page, api, own = (
        set(client.get(url).headers[POLICY].split("; "))
        for url in ("/attributes/", "/api/v1/attributes/", "/api/v1/strict/")
    )

    assert page == api
    assert own ^ page == {"default-src 'none'", "default-src 'self'"}
    assert POLICY not in client.get("/api/v1/free/").headers
