"""Runs one operation: parsed, checked against every rule, resolved until a deadline."""

from dataclasses import dataclass
from time import monotonic
from typing import Any

from django.conf import settings
from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLError,
    GraphQLSchema,
    execute_sync,
    get_operation_ast,
    parse,
    validate,
)
from rest_framework.request import Request
from structlog.contextvars import bind_contextvars

from ..errors import TemporaryFailure
from .direct import DirectContext
from .errors import described, formatted
from .limits import rules
from .operations import Operation

_LOGGED_CHARACTERS = 64


@dataclass(frozen=True)
class Answer:
    content: dict[str, Any]
    status: int


class DeadlineExceeded(BaseException):
    """Past `except Exception`, which would make it the error of a single field."""


class DeadlineContext(DirectContext):
    """Looks at the clock before each field that is more than a column of its row.

    A resolver that waits, for a query or for someone else, is not interrupted: that is
    for the time limits of what it waits for.
    """

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self._deadline = monotonic() + settings.GRAPHQL_TIMEOUT_SECONDS

    def execute_field(self, *args):
        if monotonic() > self._deadline:
            raise DeadlineExceeded
        return super().execute_field(*args)


def execute(schema: GraphQLSchema, operation: Operation, request: Request) -> Answer:
    """Answer an operation: 400 when it cannot run at all, 200 once it runs.

    Resolvers get the request as `info.context`, with its `user` and its `auth`.
    """
    try:
        result = _result(schema, operation, request)
    except DeadlineExceeded:
        cause = TemporaryFailure("The query took too long.", code="timeout")
        return Answer({"errors": [described(cause, request)], "data": None}, 200)
    if not result.errors:
        return Answer({"data": result.data}, 200)
    errors = [formatted(error, request) for error in result.errors]
    if result.data is None and not any(error.path for error in result.errors):
        return Answer({"errors": errors}, 400)
    return Answer({"errors": errors, "data": result.data}, 200)


def _result(
    schema: GraphQLSchema, operation: Operation, request: Request
) -> ExecutionResult:
    try:
        document = parse(
            operation.query,
            max_lexical_tokens=settings.GRAPHQL_MAX_TOKENS,
            max_source_length=settings.GRAPHQL_MAX_CHARACTERS,
        )
    except GraphQLError as error:
        return ExecutionResult(None, [error])
    costs: dict[str, int] = {}
    hide_names = not settings.GRAPHQL_INTROSPECTION
    checks = rules(operation.variables, costs)
    errors = validate(schema, document, checks, hide_suggestions=hide_names)
    _log(document, operation, costs)
    if errors:
        return ExecutionResult(None, errors)
    return execute_sync(
        schema,
        document,
        context_value=request,
        variable_values=operation.variables,
        operation_name=operation.name,
        execution_context_class=DeadlineContext,
        hide_suggestions=hide_names,
    )


def _log(document: DocumentNode, operation: Operation, costs: dict[str, int]) -> None:
    """Put what was asked on the request's line of the log; values are nobody's."""
    if chosen := get_operation_ast(document, operation.name):
        name = chosen.name.value if chosen.name else ""
        bind_contextvars(
            graphql_operation=name[:_LOGGED_CHARACTERS],
            graphql_type=chosen.operation.value,
            graphql_cost=costs.get(name),
        )
