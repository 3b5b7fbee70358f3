"""Requests: parameters to be switched on, and those that are on."""

from ..operations import Operation
from ..requests import request
from ..variables import Variables

QUERY = {"in": "query", "schema": {"type": "string"}}


def test_parameters_are_listed_and_those_with_an_example_are_sent():
    parameters = [
        {**QUERY, "name": "page", "description": "Its number."},
        {**QUERY, "name": "in_stock", "examples": {"Yes": {"value": True}}},
        {"in": "header", "name": "Idempotency-Key"},
        {"in": "path", "name": "slug"},
    ]
    operation = Operation(
        "get", "/api/v1/books/", {"parameters": parameters, "responses": {}}
    )

    made = request(operation, Variables([operation]), None)

    assert made["url"]["raw"] == "{{base_url}}/api/v1/books/?in_stock=true"
    assert [(one["key"], one["disabled"]) for one in made["url"]["query"]] == [
        ("page", True),
        ("in_stock", False),
    ]
    assert [one["key"] for one in made["header"]] == ["Idempotency-Key"]
    assert made["url"]["query"][0]["description"] == "Its number."


def test_a_parameter_that_is_asked_for_is_sent():
    token = {**QUERY, "name": "token", "required": True}
    operation = Operation(
        "get", "/api/v1/file/", {"parameters": [token], "responses": {}}
    )

    [token] = request(operation, Variables([operation]), None)["url"]["query"]

    assert (token["value"], token["disabled"]) == ("{{file_token}}", False)
