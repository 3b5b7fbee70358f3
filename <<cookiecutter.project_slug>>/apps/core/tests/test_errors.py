"""Every error, in the one shape, with the status that the hierarchy gives it."""

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection
from django.urls import path
from rest_framework.permissions import AllowAny
from rest_framework.views import APIView

from apps.accounts.tests.factories import UserFactory
from apps.core import errors


class FailingView(APIView):
    """Raises whatever the test put there."""

    permission_classes = [AllowAny]
    versioning_class = None
    error: Exception

    def get(self, request):
        raise self.error


class WritingView(FailingView):
    """Fails when it has written half of what it should."""

    def get(self, request):
        UserFactory()
        return super().get(request)


urlpatterns = [
    path("fail", FailingView.as_view()),
    path("write", WritingView.as_view()),
]
handler500 = "apps.core.views.server_error"
pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def failing(api_client, monkeypatch):
    api_client.raise_request_exception = False

    def get(error: Exception, path: str = "/fail"):
        monkeypatch.setattr(FailingView, "error", error, raising=False)
        return api_client.get(path)

    return get


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (errors.InvalidInput(), 400, "invalid"),
        (errors.NotAuthenticated(), 401, "not_authenticated"),
        (errors.AuthenticationFailed(), 401, "authentication_failed"),
        (errors.Forbidden(), 403, "permission_denied"),
        (errors.NotFound(), 404, "not_found"),
        (errors.Conflict("Taken.", code="taken"), 409, "taken"),
        (errors.RateLimited(retry_after=7), 429, "throttled"),
        (IntegrityError("UNIQUE constraint failed"), 409, "conflict"),
        (ValidationError("No.", code="no"), 400, "no"),
        (errors.TimedOut(), 503, "timeout"),
        (ZeroDivisionError("secret detail"), 500, "error"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else value,
)
def test_status_and_shape(failing, error, status, code):
    response = failing(error)

    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/json"
    [shown] = response.json()["errors"]
    assert set(shown) == {"code", "detail", "attr"}
    assert shown["code"] == code
    assert "secret" not in shown["detail"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "error",
    [errors.InvalidInput(), errors.Conflict(), IntegrityError(), ZeroDivisionError()],
    ids=lambda error: type(error).__name__,
)
def test_half_a_write_is_rolled_back(failing, monkeypatch, error):
    """Answered or not, an error undoes a request that is a transaction."""
    monkeypatch.setitem(connection.settings_dict, "ATOMIC_REQUESTS", True)

    assert failing(error, "/write").status_code >= 400

    assert not get_user_model().objects.exists()


def test_fields_name_the_input(failing):
    response = failing(errors.InvalidInput(fields={"price": ["Too low.", "Odd."]}))

    assert response.status_code == 400
    assert response.json() == {
        "type": "validation_error",
        "errors": [
            {"code": "invalid", "detail": "Too low.", "attr": "price"},
            {"code": "invalid", "detail": "Odd.", "attr": "price"},
        ],
    }


def test_model_validation_names_the_field(failing):
    response = failing(ValidationError({"price": ["Too low."], "__all__": ["Odd."]}))

    shown = {error["attr"]: error["detail"] for error in response.json()["errors"]}
    assert shown == {"price": "Too low.", "non_field_errors": "Odd."}


def test_anonymous_is_told_how_to_log_in(failing):
    response = failing(errors.NotAuthenticated())

    assert response.headers["WWW-Authenticate"].startswith("Bearer")


def test_rate_limit_tells_when_to_come_back(failing):
    assert failing(errors.RateLimited(retry_after=7)).headers["Retry-After"] == "7"
