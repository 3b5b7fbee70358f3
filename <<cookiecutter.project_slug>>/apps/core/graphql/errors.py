"""Errors of GraphQL, under the same codes as REST's: one handler names both.

    {"message": ..., "path": [...], "extensions": {"code": ..., "fields": {...}}}

What nobody foresaw goes to the log with its traceback; the caller gets the request's
id to ask after, and nothing else of it.
"""

from math import ceil
from typing import cast

import structlog
from drf_standardized_errors.formatter import flatten_errors
from drf_standardized_errors.types import Error, ExceptionHandlerContext
from graphene.utils.str_converters import to_camel_case
from graphql import GraphQLError, GraphQLSyntaxError
from rest_framework.request import Request
from rest_framework.settings import api_settings

from ..exception_handler import ProjectExceptionHandler

logger = structlog.get_logger(__name__)

SYNTAX, VALIDATION = "graphql_syntax", "graphql_validation"


def formatted(error: GraphQLError, request: Request) -> dict:
    """Return the error as the caller sees it."""
    if _is_for_the_caller(error):
        default = SYNTAX if isinstance(error, GraphQLSyntaxError) else VALIDATION
        code = (error.extensions or {}).get("code", default)
        return {**error.formatted, "extensions": {"code": code}}
    return {**error.formatted, **described(error.original_error or error, request)}


def described(cause: Exception, request: Request) -> dict:
    """Return message and extensions of what was raised; log what is our fault."""
    # A field has no view.
    context = cast(ExceptionHandlerContext, {"request": request})
    handler = ProjectExceptionHandler(cause, context)
    known = handler.convert_known_exceptions(cause)
    error = handler.convert_unhandled_exceptions(known)
    found = flatten_errors(error.detail)
    extensions: dict = {"code": found[0].code}
    if fields := _fields(found):
        extensions["fields"] = fields
    if wait := getattr(error, "wait", None):
        extensions["retryAfter"] = ceil(wait)
    if error.status_code >= 500:
        logger.error("graphql_failed", exc_info=cause)
        extensions["requestId"] = request.META["HTTP_X_REQUEST_ID"]
    return {"message": found[0].detail, "extensions": extensions}


def _is_for_the_caller(error: GraphQLError) -> bool:
    """Tell whether graphql-core refused what was asked, or a resolver chose the words.

    Arguments that cannot be read are found while a field is resolved, and point at
    the document; a result that does not fit its type points nowhere.
    """
    cause = error.original_error
    if error.path is None:
        return True
    return isinstance(cause, GraphQLError) and bool(
        cause.nodes or "code" in (cause.extensions or {})
    )


def _fields(found: list[Error]) -> dict[str, list[str]]:
    """Return the messages by the input that they belong to, in GraphQL's spelling."""
    fields: dict[str, list[str]] = {}
    for error in found:
        if error.attr and error.attr != api_settings.NON_FIELD_ERRORS_KEY:
            fields.setdefault(to_camel_case(error.attr), []).append(error.detail)
    return fields
