"""OpenAPI 3.0 schemas as JSON Schema."""

from ..schemas import json_schema

BRANCH = {
    "type": "object",
    "properties": {
        "title": {"type": "string", "description": "Its name.", "format": "slug"},
        "children": {
            "type": "array",
            "items": {"$ref": "#/components/schemas/Branch"},
        },
    },
}


def test_what_is_for_readers_is_left_out_but_no_property_is():
    tree = {"definitions": {"Branch": BRANCH}}

    found = json_schema({"$ref": "#/components/schemas/Branch"}, tree["definitions"])

    assert found == {
        "$ref": "#/definitions/Branch",
        "definitions": {
            "Branch": {
                "type": "object",
                "properties": {
                    "title": {"type": "string"},
                    "children": {
                        "type": "array",
                        "items": {"$ref": "#/definitions/Branch"},
                    },
                },
            }
        },
    }


def test_nullable_is_said_as_json_schema_says_it():
    schema = {"type": "string", "nullable": True}

    assert json_schema(schema, {}) == {"anyOf": [{"type": "string"}, {"type": "null"}]}
