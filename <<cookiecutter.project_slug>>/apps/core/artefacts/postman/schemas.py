"""JSON Schema, which Postman's assertions read, from OpenAPI 3.0, which is near it."""

# What OpenAPI adds for readers, and formats, which Postman's validator does not know.
_LEFT_OUT = {
    "default",
    "deprecated",
    "description",
    "example",
    "format",
    "nullable",
    "readOnly",
    "title",
    "writeOnly",
}


def json_schema(schema: dict, components: dict[str, dict]) -> dict:
    """Return the schema on its own: the components it needs go with it."""
    definitions: dict[str, dict] = {}
    converted = _convert(schema, components, definitions)
    return {**converted, "definitions": definitions} if definitions else converted


def _convert(node, components: dict[str, dict], definitions: dict[str, dict]):
    if isinstance(node, list):
        return [_convert(one, components, definitions) for one in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        name = node["$ref"].rsplit("/", 1)[-1]
        if name not in definitions:
            # Named before it is filled: a tree points to itself.
            definitions[name] = {}
            definitions[name] = _convert(components[name], components, definitions)
        return {"$ref": f"#/definitions/{name}"}
    kept = {
        key: (
            _properties(value, components, definitions)
            if key == "properties"
            else _convert(value, components, definitions)
        )
        for key, value in node.items()
        if key not in _LEFT_OUT
    }
    return {"anyOf": [kept, {"type": "null"}]} if node.get("nullable") else kept


def _properties(properties: dict, components: dict, definitions: dict) -> dict:
    """A property may be called `description` or `title` as well."""
    return {
        name: _convert(value, components, definitions)
        for name, value in properties.items()
    }
