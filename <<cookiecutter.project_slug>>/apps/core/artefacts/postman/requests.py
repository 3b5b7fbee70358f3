"""A request as a Postman collection writes it."""

from .bodies import JSON_TYPE
from .operations import Operation
from .variables import Variables, reference


def request(operation: Operation, variables: Variables, body: dict | None) -> dict:
    """Return the request, with variables for what only earlier answers know."""
    written = {
        "method": operation.method.upper(),
        "description": operation.spec.get("description", ""),
        "header": _headers(operation, variables, body),
        "url": _url(operation, variables),
    }
    if body:
        written["body"] = body
    if operation.is_open:
        written["auth"] = {"type": "noauth"}
    return written


def _headers(
    operation: Operation, variables: Variables, body: dict | None
) -> list[dict]:
    typed = {"key": "Content-Type", "value": JSON_TYPE}
    raw = [typed] if body and body["mode"] == "raw" else []
    return raw + _parameters(operation, variables, "header")


def _url(operation: Operation, variables: Variables) -> dict:
    path = variables.path(operation)
    query = _parameters(operation, variables, "query")
    asked = "&".join(
        f"{one['key']}={one['value']}" for one in query if not one["disabled"]
    )
    host = reference("base_url")
    steps = path.strip("/").split("/")
    if path.endswith("/"):
        steps.append("")
    url = {
        "raw": f"{host}{path}{'?' if asked else ''}{asked}",
        "host": [host],
        "path": steps,
    }
    return {**url, "query": query} if query else url


def _parameters(operation: Operation, variables: Variables, place: str) -> list[dict]:
    """All that the schema knows; on are those that it asks for or has an example of."""
    found = [one for one in operation.spec.get("parameters", ()) if one["in"] == place]
    values = [_value(one, operation, variables) for one in found]
    return [
        {
            "key": one["name"],
            "value": value,
            "description": one.get("description", ""),
            "disabled": not value,
        }
        for one, value in zip(found, values, strict=True)
    ]


def _value(parameter: dict, operation: Operation, variables: Variables) -> str:
    if parameter.get("required"):
        name = variables.of_property(parameter["name"], operation)
        return reference(name) if name else ""
    for example in parameter.get("examples", {}).values():
        return str(example["value"]).lower()
    return ""
