"""Bodies that the API takes, from nothing but the schema."""

import json

import pytest

from ..bodies import Bodies
from ..operations import Operation
from ..variables import Variables
from .shop import JSON, object_of

TEXT = {"type": "string"}


def body(schema: dict, kind: str = JSON, **content) -> dict | None:
    spec = {"requestBody": {"content": {kind: {"schema": schema, **content}}}}
    operation = Operation("post", "/api/v1/things/", {**spec, "responses": {}})
    components = {"Thing": object_of(name=TEXT)}
    document = {"components": {"schemas": components}}
    return Bodies(document, Variables([operation])).body(operation)


def sent(schema: dict, **content):
    return json.loads(body(schema, **content)["raw"])


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        (TEXT, "it-{{unique}}"),
        ({"type": "boolean"}, True),
        ({"type": "integer"}, 1),
        ({"type": "integer", "minimum": 5}, 5),
        ({"type": "string", "format": "decimal"}, "9.99"),
        ({"type": "string", "format": "date"}, "2026-11-24"),
        ({"type": "string", "format": "date-time"}, "2026-11-24T12:00:00Z"),
        ({"type": "string", "format": "uri"}, "https://example.com/"),
        ({"type": "string", "format": "uuid"}, "{{$guid}}"),
        ({"type": "string", "enum": ["b", "a"]}, "b"),
        ({"type": "string", "example": "so"}, "so"),
        ({"type": "array", "items": {"type": "integer"}}, [1]),
        ({"$ref": "#/components/schemas/Thing"}, {"name": "name-{{unique}}"}),
        ({"allOf": [{"type": "boolean"}]}, True),
        ({"type": "object"}, {}),
    ],
)
def test_a_value_follows_from_its_type(schema, value):
    assert sent(object_of(it=schema)) == {"it": value}


def test_what_is_optional_is_left_out():
    schema = {**object_of(name=TEXT, colour=TEXT), "required": ["name"]}

    assert set(sent(schema)) == {"name"}


def test_a_partial_update_sends_all_but_what_may_be_empty():
    schema = object_of(name=TEXT, parent={**TEXT, "nullable": True})
    del schema["required"]

    assert set(sent(schema)) == {"name"}


def test_an_example_knows_better_but_knows_no_password():
    schema = object_of(email=TEXT, password=TEXT, name=TEXT)
    example = {"email": "a@example.com", "password": "x", "colour": "red"}

    assert sent(schema, examples={"One": {"value": example}}) == {
        "email": "a@example.com",
        "password": "{{password}}",
        "name": "name-{{unique}}",
        "colour": "red",
    }


def test_a_file_is_one_of_the_readers():
    schema = object_of(image={"type": "string", "format": "binary"}, alt=TEXT)

    assert body(schema, "multipart/form-data") == {
        "mode": "formdata",
        "formdata": [
            {"key": "image", "type": "file", "src": "{{image}}"},
            {"key": "alt", "type": "text", "value": "alt-{{unique}}"},
        ],
    }


def test_no_body_where_none_is_taken():
    operation = Operation("post", "/api/v1/things/", {"responses": {}})
    bodies = Bodies({"components": {"schemas": {}}}, Variables([operation]))

    assert bodies.body(operation) is None
