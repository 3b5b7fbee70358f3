"""Turns every error into one JSON shape; the only place that does.

    {"type": "client_error", "errors": [{"code": ..., "detail": ..., "attr": ...}]}

The shape, and the rollback of the request's transaction, are drf-standardized-errors';
this adds the errors that the project's own layers raise.
"""

from django.core.exceptions import NON_FIELD_ERRORS, RequestDataTooBig
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import IntegrityError
from drf_standardized_errors.handler import ExceptionHandler
from rest_framework import exceptions
from rest_framework.settings import api_settings

from .database import is_cut_off
from .errors import (
    ApplicationError,
    Conflict,
    PayloadTooLarge,
    RateLimited,
    TimedOut,
)

AUTHENTICATE_HEADER = 'Bearer realm="api"'


class ProjectExceptionHandler(ExceptionHandler):
    """Knows ApplicationError and Django's own validation and integrity errors."""

    def convert_known_exceptions(self, exc: Exception) -> Exception:
        if isinstance(exc, IntegrityError):
            exc = Conflict("This conflicts with data that is already there.")
        if is_cut_off(exc):
            exc = TimedOut()
        if isinstance(exc, RequestDataTooBig):
            exc = PayloadTooLarge()
        if isinstance(exc, ApplicationError):
            return _to_api_exception(exc)
        if isinstance(exc, DjangoValidationError):
            return exceptions.ValidationError(_validation_detail(exc))
        return super().convert_known_exceptions(exc)


class _Translated(exceptions.APIException):
    """An error of ours; DRF makes headers of these two."""

    auth_header: str
    wait: float


def _to_api_exception(error: ApplicationError) -> exceptions.APIException:
    if error.fields:
        return exceptions.ValidationError(
            {
                name: [exceptions.ErrorDetail(text, error.code) for text in texts]
                for name, texts in error.fields.items()
            }
        )
    if error.status == 400:
        return exceptions.ValidationError(error.message, error.code)
    exception = _Translated(error.message, error.code)
    exception.status_code = error.status
    if error.status == 401:
        exception.auth_header = AUTHENTICATE_HEADER
    if isinstance(error, RateLimited):
        exception.wait = error.retry_after
    return exception


def _validation_detail(error: DjangoValidationError) -> dict | list:
    if not hasattr(error, "error_dict"):
        return _details(error.error_list)
    general = api_settings.NON_FIELD_ERRORS_KEY
    return {
        general if name == NON_FIELD_ERRORS else name: _details(errors)
        for name, errors in error.error_dict.items()
    }


def _details(errors: list[DjangoValidationError]) -> list[exceptions.ErrorDetail]:
    return [
        exceptions.ErrorDetail(text, error.code or "invalid")
        for error in errors
        for text in error.messages
    ]
