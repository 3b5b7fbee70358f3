"""Runs one operation: parsed, checked against every rule, resolved until a deadline."""

from dataclasses import dataclass
from functools import lru_cache
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

from ..errors import TimedOut
from .direct import DirectContext
from .errors import described, formatted
from .limits import cost_limit, rules
from .operations import Operation

_LOGGED_CHARACTERS = 64
# One of 1,000 tokens takes a third of a megabyte.
_KEPT_DOCUMENTS = 64


@dataclass(frozen=True)
class Answer:
    content: dict[str, Any]
    status: int


class InvalidDocument(Exception):
    """Holds what was found; nothing of it is kept for the next request."""

    def __init__(self, errors: list[GraphQLError]) -> None:
        super().__init__(errors)
        self.errors = errors


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
        return Answer({"errors": [described(TimedOut(), request)], "data": None}, 200)
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
        document = _checked(schema, operation.query, _limits())
    except GraphQLError as error:
        return ExecutionResult(None, [error])
    except InvalidDocument as invalid:
        return ExecutionResult(None, invalid.errors)
    costs: dict[str, int] = {}
    errors = validate(schema, document, [cost_limit(operation.variables, costs)])
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
        hide_suggestions=not settings.GRAPHQL_INTROSPECTION,
    )


def _limits() -> tuple:
    """What a document was checked against: with other settings it is looked at anew."""
    return (
        settings.GRAPHQL_MAX_TOKENS,
        settings.GRAPHQL_MAX_CHARACTERS,
        settings.GRAPHQL_MAX_DEPTH,
        settings.GRAPHQL_MAX_ALIASES,
        settings.GRAPHQL_INTROSPECTION,
    )


@lru_cache(maxsize=_KEPT_DOCUMENTS)
def _checked(schema: GraphQLSchema, query: str, limits: tuple) -> DocumentNode:
    """Parse a document and hold it to every rule but that of its cost.

    Clients send the same few documents over and over, with other variables.

    Raises:
        GraphQLError: it is no GraphQL, or too long.
        InvalidDocument: it breaks rules.
    """
    max_tokens, max_characters, *_, introspection = limits
    document = parse(
        query, max_lexical_tokens=max_tokens, max_source_length=max_characters
    )
    errors = validate(schema, document, rules(), hide_suggestions=not introspection)
    if errors:
        raise InvalidDocument(errors)
    return document


def _log(document: DocumentNode, operation: Operation, costs: dict[str, int]) -> None:
    """Put what was asked on the request's line of the log; values are nobody's."""
    if chosen := get_operation_ast(document, operation.name):
        name = chosen.name.value if chosen.name else ""
        bind_contextvars(
            graphql_operation=name[:_LOGGED_CHARACTERS],
            graphql_type=chosen.operation.value,
            graphql_cost=costs.get(name),
        )
