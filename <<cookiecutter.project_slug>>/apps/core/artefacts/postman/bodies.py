"""The body of a request: from the schema's example and types."""

import json

from .operations import Operation
from .variables import Variables, reference

JSON_TYPE = "application/json"
FORM_TYPE = "multipart/form-data"
# A collection-wide script gives each request another one.
_UNIQUE = reference("unique")


class Bodies:
    """Makes bodies for the operations of one OpenAPI document."""

    def __init__(self, document: dict, variables: Variables) -> None:
        self._components = document["components"]["schemas"]
        self._variables = variables

    def body(self, operation: Operation) -> dict | None:
        """Return the body as a Postman collection says it, or None without one."""
        content = operation.spec.get("requestBody", {}).get("content", {})
        if JSON_TYPE in content:
            value = self._example(content[JSON_TYPE], operation)
            raw = json.dumps(value, indent=2, ensure_ascii=False)
            language = {"raw": {"language": "json"}}
            return {"mode": "raw", "raw": raw, "options": language}
        if FORM_TYPE in content:
            schema = self._resolved(content[FORM_TYPE]["schema"])
            fields = [
                self._form_field(name, value, operation)
                for name, value in schema["properties"].items()
            ]
            return {"mode": "formdata", "formdata": fields}
        return None

    def _form_field(self, name: str, schema: dict, operation: Operation) -> dict:
        if schema.get("format") == "binary":
            return {"key": name, "type": "file", "src": reference(name)}
        value = self._value(schema, name, operation)
        return {"key": name, "type": "text", "value": value}

    def _example(self, content: dict, operation: Operation):
        """What the types tell; the schema's example, if it has one, knows better.

        Except for what only a run can know; an address in an example is meant.
        """
        value = self._value(content["schema"], "", operation)
        for example in content.get("examples", {}).values():
            for name, shown in example["value"].items():
                known = self._variables.of_property(name, operation)
                if name == "email" or not known:
                    value[name] = shown
        return value

    def _value(self, schema: dict, name: str, operation: Operation):
        schema = self._resolved(schema)
        if schema.get("type") == "array":
            return [self._value(schema["items"], name, operation)]
        if "properties" in schema:
            return self._object(schema, operation)
        if variable := self._variables.of_property(name, operation):
            return reference(variable)
        return _plain(schema, name)

    def _object(self, schema: dict, operation: Operation) -> dict:
        """What is required; of a partial update everything that is not nullable."""
        properties = schema["properties"]
        names = schema.get("required") or [
            name for name, value in properties.items() if not value.get("nullable")
        ]
        return {name: self._value(properties[name], name, operation) for name in names}

    def _resolved(self, schema: dict) -> dict:
        if "$ref" in schema:
            return self._components[schema["$ref"].rsplit("/", 1)[-1]]
        for wrapped in (*schema.get("allOf", ()), *schema.get("oneOf", ())):
            return self._resolved(wrapped)
        return schema


def _plain(schema: dict, name: str):
    if "example" in schema:
        return schema["example"]
    if "enum" in schema:
        return schema["enum"][0]
    match schema.get("type"), schema.get("format"):
        case "boolean", _:
            return True
        case "integer" | "number", _:
            return max(1, schema.get("minimum", 1))
        case "string", "decimal":
            return "9.99"
        case "string", "date":
            return "2026-11-24"
        case "string", "date-time":
            return "2026-11-24T12:00:00Z"
        case "string", "uri":
            return "https://example.com/"
        case "string", "uuid":
            return "{{$guid}}"
        case "string", _:
            return f"{name}-{_UNIQUE}"
    return {}
