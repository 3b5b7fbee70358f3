"""A request as a Postman collection writes it."""

from .bodies import JSON_TYPE
from .operations import Operation
from .variables import reference


def request(operation: Operation, path: str, body: dict | None) -> dict:
    """Return the request.

    Args:
        path: with variables where the operation's path has groups.
    """
    written = {
        "method": operation.method.upper(),
        "description": operation.spec.get("description", ""),
        "header": _headers(operation, body),
        "url": _url(operation, path),
    }
    if body:
        written["body"] = body
    if operation.is_open:
        written["auth"] = {"type": "noauth"}
    return written


def _headers(operation: Operation, body: dict | None) -> list[dict]:
    typed = {"key": "Content-Type", "value": JSON_TYPE}
    raw = [typed] if body and body["mode"] == "raw" else []
    return raw + _parameters(operation, "header")


def _url(operation: Operation, path: str) -> dict:
    query = _parameters(operation, "query")
    asked = "&".join(
        f"{one['key']}={one['value']}" for one in query if not one["disabled"]
    )
    host = reference("base_url")
    url = {
        "raw": f"{host}{path}{'?' if asked else ''}{asked}",
        "host": [host],
        "path": path.strip("/").split("/"),
    }
    if path.endswith("/"):
        url["path"].append("")
    return {**url, "query": query} if query else url


def _parameters(operation: Operation, place: str) -> list[dict]:
    """All that the schema knows, to be switched on; on are those with an example."""
    return [
        {
            "key": one["name"],
            "value": _example(one),
            "description": one.get("description", ""),
            "disabled": not _example(one),
        }
        for one in operation.spec.get("parameters", ())
        if one["in"] == place
    ]


def _example(parameter: dict) -> str:
    for example in parameter.get("examples", {}).values():
        return str(example["value"]).lower()
    return ""
