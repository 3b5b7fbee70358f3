"""A query of a request does not run for ever, and the caller learns why it ended."""

import logging
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, OperationalError, connection
from django.db.backends.postgresql.base import DatabaseWrapper
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.core import database

LIMITS = "-c statement_timeout=7000 -c idle_in_transaction_session_timeout=7000"


def dawdle() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 10")
        cursor.execute("SELECT pg_sleep(60)")


class DawdlingView(APIView):
    permission_classes = [AllowAny]
    versioning_class = None

    def get(self, request) -> Response:
        dawdle()
        return Response()


def page(request: HttpRequest) -> HttpResponse:
    dawdle()
    return HttpResponse()


urlpatterns = [path("view", DawdlingView.as_view()), path("page", page)]
handler500 = "apps.core.views.server_error"


@pytest.mark.usefixtures("postgresql")
@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize("address", ["/view", "/page"])
def test_what_is_cut_off_is_said_to_have_taken_too_long(address, caplog):
    with caplog.at_level(logging.ERROR):
        response = Client(raise_request_exception=False).get(
            address, headers={"X-Request-ID": "mine"}
        )

    assert response.status_code == 503
    assert response.json() == {
        "type": "server_error",
        "errors": [
            {"code": "timeout", "detail": "The query took too long.", "attr": None}
        ],
    }
    assert "statement timeout" in caplog.text
    assert "mine" in caplog.text


@pytest.mark.parametrize(
    "error", [None, DatabaseError(), OperationalError("statement timeout")]
)
def test_other_errors_are_none_of_it(error):
    assert not database.is_cut_off(error)


@pytest.fixture
def limited(monkeypatch, settings):
    """Return a function: what a server is told when a session begins."""

    def options(seconds: int = 7, **more) -> str | None:
        settings.DATABASE_STATEMENT_TIMEOUT = seconds
        settings_dict = {**connection.settings_dict, "NAME": "app", "OPTIONS": {}}
        wrapper = DatabaseWrapper({**settings_dict, **more}, alias="limited")
        one = SimpleNamespace(all=lambda: [wrapper])
        monkeypatch.setattr(database, "connections", one)
        database.requests_limit()
        return wrapper.get_connection_params().get("options")

    return options


def test_a_session_of_what_serves_is_limited(limited):
    assert limited() == LIMITS
    assert limited(OPTIONS={"pool": {"min_size": 1}}) == LIMITS


def test_what_the_address_says_besides_is_kept(limited):
    said = "-c search_path=shop"

    assert limited(OPTIONS={"options": said}) == f"{said} {LIMITS}"


def test_nothing_is_said_without_a_limit_or_to_a_pooler(limited):
    assert limited(seconds=0) is None
    assert limited(DISABLE_SERVER_SIDE_CURSORS=True) is None


def test_sqlite_is_left_alone(monkeypatch):
    other = SimpleNamespace(settings_dict={"OPTIONS": {}})
    one = SimpleNamespace(all=lambda: [other])
    monkeypatch.setattr(database, "connections", one)

    database.requests_limit()

    assert other.settings_dict == {"OPTIONS": {}}
