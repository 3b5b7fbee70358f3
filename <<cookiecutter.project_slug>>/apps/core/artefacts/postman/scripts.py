"""The JavaScript that Postman runs before and after requests.

https://learning.postman.com/docs/tests-and-scripts/write-scripts/intro-to-scripts/
"""

import json
from collections.abc import Iterable

from .operations import Operation

REQUEST_ID_HEADER = "X-Request-ID"

# Another text for each request, so that a second run meets nothing of the first.
BEFORE_EACH = [
    "const random = Math.random().toString(36).slice(2, 8);",
    'pm.variables.set("unique", Date.now().toString(36) + random);',
]
# One answer of "too many requests" is no failure: wait as told, then ask once more.
AFTER_EACH = [
    "const name = pm.info.requestName;",
    'const wait = Number(pm.response.headers.get("Retry-After"));',
    "const again = pm.response.code === 429 && wait <= 60",
    '    && pm.collectionVariables.get("waited_for") !== name;',
    'pm.collectionVariables.set("waited_for", again ? name : "");',
    'pm.variables.set("limited", again);',
    "if (again) {",
    "    pm.execution.setNextRequest(name);",
    "    setTimeout(() => {}, wait * 1000);",
    "}",
]


def event(kind: str, lines: Iterable[str]) -> dict:
    script = {"type": "text/javascript", "exec": list(lines)}
    return {"listen": kind, "script": script}


def only_with(variables: Iterable[str]) -> list[str]:
    """Leave the request out of a run unless the reader gave what it needs."""
    return [
        f'if (!pm.environment.get("{name}")) pm.execution.skipRequest();'
        for name in variables
    ]


def stop() -> list[str]:
    """End the run there and then when nobody could log in."""
    return [
        'if (pm.response.code !== 200 && !pm.variables.get("limited")) {',
        '    console.error("Log-in failed: set email and password.");',
        "    pm.execution.setNextRequest(null);",
        "}",
    ]


def assertions(
    operation: Operation, schema: dict | None, *, may_be_late: bool = False
) -> list[str]:
    """Return what every answer is held to.

    Args:
        schema: the JSON Schema of the body, if there is one.
        may_be_late: a conflict with what has come about meanwhile is no failure.
    """
    codes = list(operation.successes)
    excused = 'pm.variables.get("limited")'
    if may_be_late:
        excused = f"({excused} || pm.response.code === 409)"
    lines = [
        f"const test = {excused} ? pm.test.skip : pm.test;",
        f'test("The status is {_either(codes)}", () => '
        f"pm.expect(pm.response.code).to.be.oneOf({codes}));",
        f'test("The answer has a request id", () => '
        f'pm.response.to.have.header("{REQUEST_ID_HEADER}"));',
    ]
    if operation.gives_file:
        return lines
    if schema is None:
        no_body = "pm.expect(pm.response.responseSize).to.equal(0)"
        return [*lines, f'test("The answer is empty", () => {no_body});']
    return [
        *lines,
        'test("The answer is JSON", () => '
        'pm.expect(pm.response.headers.get("Content-Type"))'
        ".to.match(/^application\\/json/));",
        f"const schema = {json.dumps(schema)};",
        'test("The body is what the schema says", () => '
        "pm.response.to.have.jsonSchema(schema));",
    ]


def _either(codes: list[int]) -> str:
    return " or ".join(map(str, codes))


def keep(variable: str, source: str) -> list[str]:
    """Keep a value of the answer for later requests.

    Args:
        source: where it is, in JavaScript; `body` is the answer's.
    """
    return [
        f'test("The answer gives {variable}", () => {{',
        "    const body = pm.response.json();",
        f"    const value = {source};",
        "    pm.expect(value).to.be.ok;",
        f'    pm.collectionVariables.set("{variable}", value);',
        "});",
    ]
