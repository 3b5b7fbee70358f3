"""Every error has a code, REST's where REST has one, and tells nothing of ours."""

import logging

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, OperationalError
from django.http import Http404
from graphql import GraphQLError
from psycopg.errors import QueryCanceled
from rest_framework import exceptions

from apps.core import errors

from .schema import Query

pytestmark = pytest.mark.urls("apps.core.graphql.tests.schema")


@pytest.fixture
def failing(ask, monkeypatch):
    """Return a function: what the answer is when a resolver raises this."""

    def answer(error: Exception) -> dict:
        monkeypatch.setattr(Query, "error", error, raising=False)
        response = ask("{ echo fails }")
        assert response.status_code == 200
        assert response.json()["data"] == {"echo": "", "fails": None}
        [shown] = response.json()["errors"]
        assert shown["path"] == ["fails"]
        return shown

    return answer


@pytest.mark.parametrize(
    ("error", "code", "message"),
    [
        (errors.InvalidInput(), "invalid", "The input is not valid."),
        (errors.NotAuthenticated(), "not_authenticated", "Log in to do this."),
        (errors.Forbidden(), "permission_denied", "You may not do this."),
        (errors.NotFound(), "not_found", "There is nothing here."),
        (errors.Conflict("Taken.", code="taken"), "taken", "Taken."),
        (errors.PreconditionFailed("Old."), "precondition_failed", "Old."),
        (exceptions.PermissionDenied("No."), "permission_denied", "No."),
        (PermissionDenied("x"), "permission_denied", None),
        (Http404("x"), "not_found", None),
        (IntegrityError("UNIQUE secret"), "conflict", None),
        (ValidationError("No.", code="no"), "no", "No."),
        (GraphQLError("Mine.", extensions={"code": "mine"}), "mine", "Mine."),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else value,
)
def test_what_a_resolver_raises(failing, error, code, message):
    shown = failing(error)

    assert shown["extensions"]["code"] == code
    assert message in (shown["message"], None)
    assert "secret" not in shown["message"]


def test_fields_are_named_as_the_schema_names_them(failing):
    error = errors.InvalidInput(
        code="blank", fields={"full_name": ["May not be blank."], "email": ["A", "B"]}
    )

    assert failing(error)["extensions"] == {
        "code": "blank",
        "fields": {"fullName": ["May not be blank."], "email": ["A", "B"]},
    }


@pytest.mark.parametrize(
    "error", [errors.RateLimited(retry_after=7), exceptions.Throttled(6.2)]
)
def test_a_throttled_call_says_how_long_to_wait(failing, error):
    assert failing(error)["extensions"] == {"code": "throttled", "retryAfter": 7}


def test_a_query_that_was_cut_off_took_too_long(failing):
    error = OperationalError("canceling statement: secret")
    error.__cause__ = QueryCanceled()

    shown = failing(error)

    assert shown["message"] == "The query took too long."
    assert shown["extensions"].keys() == {"code", "requestId"}
    assert shown["extensions"]["code"] == "timeout"


@pytest.mark.parametrize("debug", [False, True])
def test_what_nobody_foresaw_is_logged_and_not_told(failing, settings, caplog, debug):
    settings.DEBUG = debug

    with caplog.at_level(logging.ERROR):
        shown = failing(ZeroDivisionError("the secret detail"))

    assert set(shown) == {"message", "locations", "path", "extensions"}
    assert shown["message"] == "Server Error (500)"
    assert set(shown["extensions"]) == {"code", "requestId"}
    assert shown["extensions"]["code"] == "error"
    [record] = caplog.records
    assert record.msg["exc_info"].__traceback__
    assert record.msg["request_id"] == shown["extensions"]["requestId"]


def test_a_plain_graphql_error_of_a_resolver_is_not_told(failing):
    """Its text may come from anywhere; with a code it is meant for the caller."""
    shown = failing(GraphQLError("the secret detail"))

    assert shown["message"] == "Server Error (500)"
    assert shown["extensions"]["code"] == "error"


@pytest.mark.parametrize("field", ["misfit", "missing"])
def test_a_result_that_does_not_fit_is_our_error(ask, field):
    response = ask("{ echo %s }" % field)

    assert response.status_code == 200
    [shown] = response.json()["errors"]
    assert shown["extensions"]["code"] == "error"
    assert "secret" not in response.text


@pytest.mark.parametrize(
    ("query", "variables", "code"),
    [
        ("{ echo", {}, "graphql_syntax"),
        ("}", {}, "graphql_syntax"),
        ("# nothing", {}, "graphql_syntax"),
        ('{ echo(text: "\ud800") }', {}, "graphql_syntax"),
        ('{ echo(text: "\\uD800") }', {}, "graphql_syntax"),
        ("{ " * 400, {}, "graphql_syntax"),
        ("{ echo(text: %s) }" % ("[" * 900), {}, "graphql_syntax"),
        ("{ nothing }", {}, "graphql_validation"),
        ("{ echo(text: 1) }", {}, "graphql_validation"),
        ("{ node { few(first: %d) { __typename } } }" % 10**12, {}, None),
        ('{ echo(text: "\\u0000") }', {}, "invalid"),
        ("query ($n: Int!) { strict(number: $n) }", {}, "graphql_validation"),
        ("query ($n: Int!) { strict(number: $n) }", {"n": "1"}, "graphql_validation"),
        ("query ($n: Int!) { strict(number: $n) }", {"n": None}, "graphql_validation"),
        ("query ($n: Int!) { strict(number: $n) }", {"n": 2**40}, "graphql_validation"),
        ("query ($n: Nothing) { echo }", {}, "graphql_validation"),
        ("query A { echo } query B { echo }", {}, "graphql_validation"),
        ("query A { echo } query A { echo }", {}, "graphql_validation"),
        ("subscription { echo }", {}, "graphql_validation"),
        ("fragment F on Node { name }", {}, "graphql_validation"),
        ("type Query { a: Int }", {}, "graphql_validation"),
    ],
    ids=lambda value: str(value)[:40].encode("ascii", "replace").decode(),
)
def test_what_cannot_run_is_the_caller_s_error(ask, query, variables, code):
    response = ask(query, variables=variables)

    assert response.status_code == 400
    assert "data" not in response.json()
    for shown in response.json()["errors"]:
        assert shown["extensions"].keys() == {"code"}
        assert code in (shown["extensions"]["code"], None)


def test_an_argument_that_turns_out_to_be_missing_is_the_caller_s_error(ask):
    query = "query ($n: Int = 1) { strict(number: $n) }"

    [shown] = ask(query, variables={"n": None}).json()["errors"]

    assert shown["extensions"] == {"code": "graphql_validation"}
