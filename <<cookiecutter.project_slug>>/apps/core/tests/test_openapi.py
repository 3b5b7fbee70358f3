"""What the schema says of every operation; `test_contract.py` of the template, or any
other tool that reads it, holds the API to that."""

import pytest
from drf_spectacular.generators import SchemaGenerator

ERROR = {"$ref": "#/components/schemas/ErrorOutput"}


@pytest.fixture(scope="module")
def operations() -> dict[tuple[str, str], dict]:
    schema = SchemaGenerator(api_version="v1").get_schema(request=None, public=True)
    return {
        (method, path.removeprefix("/api/v1")): operation
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    }


def test_every_error_has_the_one_shape(operations):
    for operation in operations.values():
        for status, response in operation["responses"].items():
            assert response["description"]
            if int(status) >= 400:
                assert response["content"]["application/json"]["schema"] == ERROR


def test_statuses_follow_from_what_an_operation_does(operations):
    for (method, _), operation in operations.items():
        statuses = {int(status) for status in operation["responses"]}
        assert {400, 404, 405, 406, 429, 500} <= statuses
        assert ({413, 415} <= statuses) == ("requestBody" in operation)
        if {} not in operation["security"]:
            assert 401 in statuses
            assert (409 in statuses) == (method != "get")


def test_who_needs_no_token(operations):
    assert operations["get", "/me/"]["security"] == [{"bearerAuth": []}]
    assert {} in operations["post", "/auth/login/"]["security"]
    assert {"401", "403"} <= set(operations["post", "/auth/login/"]["responses"])


def test_no_text_in_a_query_is_empty(operations):
    for operation in operations.values():
        for parameter in operation.get("parameters", []):
            if parameter["in"] == "query" and parameter["schema"]["type"] == "string":
                assert parameter["schema"]["minLength"] == 1
