"""The collection and its environment, put together."""

import json
from collections.abc import Iterable, Iterator
from itertools import groupby

from .bodies import JSON_TYPE, Bodies
from .operations import LOG_IN, TOKENS, Operation, Stage, operations
from .requests import request
from .schemas import json_schema
from .scripts import AFTER_EACH, BEFORE_EACH, assertions, event, keep, only_with, stop
from .variables import USED, Variables, reference

_FORMAT = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
_SECRET = ("password", "token")
_GIVEN = {
    "base_url": "http://127.0.0.1:8000",
    "email": "demo@example.com",
    "password": "",
}
_KEPT_BY_SCRIPTS = {"access", "refresh", "unique"}


class Run:
    """One run over everything that the API can do.

    Args:
        documents: OpenAPI documents by version, the first version first.
    """

    def __init__(self, documents: dict[str, dict]) -> None:
        self._documents = documents
        self._operations = operations(documents)
        self._variables = Variables(self._operations)
        self._requests = {
            one.label: request(
                one,
                self._variables,
                Bodies(documents[one.version], self._variables).body(one),
            )
            for one in self._operations
        }
        # The collection itself sends `access` with whatever is not open.
        self._used = {"access", *USED.findall(json.dumps(self._requests))}
        self._sources = {one.label: dict(self._kept(one)) for one in self._operations}

    def collection(self) -> dict:
        info = self._documents[next(iter(self._documents))]["info"]
        return {
            "info": {
                "name": info["title"],
                "description": info["description"],
                "schema": _FORMAT,
            },
            "auth": {
                "type": "bearer",
                "bearer": [
                    {"key": "token", "value": reference("access"), "type": "string"}
                ],
            },
            "event": [event("prerequest", BEFORE_EACH), event("test", AFTER_EACH)],
            "item": [
                {"name": stage.name.replace("_", " ").capitalize(), "item": items}
                for stage, items in self._stages()
            ],
        }

    def environment(self) -> dict:
        """Return what a reader fills in; no value of a secret is ever written here."""
        values = {**_GIVEN, **dict.fromkeys(self._brought(self._used), "")}
        return {
            "name": self._documents[next(iter(self._documents))]["info"]["title"],
            "values": [
                {
                    "key": name,
                    "value": value,
                    "type": "secret" if name.endswith(_SECRET) else "default",
                    "enabled": True,
                }
                for name, value in values.items()
            ],
            "_postman_variable_scope": "environment",
        }

    def _stages(self) -> Iterator[tuple[Stage, list[dict]]]:
        for stage, group in groupby(self._operations, lambda one: one.stage):
            found = list(group)
            if stage != Stage.LOG_OUT:
                yield stage, [self._item(one, one.label) for one in found]
                continue
            # Each of these ends the session, and the next one needs another.
            log_in = next(one for one in self._operations if one.name == LOG_IN)
            items = [self._item(found[0], found[0].label)]
            for number, one in enumerate(found[1:], 2):
                items.append(self._item(log_in, f"{log_in.label} ({number})"))
                items.append(self._item(one, one.label))
            yield stage, items

    def _item(self, operation: Operation, name: str) -> dict:
        written = self._requests[operation.label]
        scripts = [
            *assertions(
                operation,
                self._schema(operation),
                may_be_late=self._variables.goes_on(operation),
            ),
            *(stop() if operation.name == LOG_IN else ()),
        ]
        for variable, source in self._sources[operation.label].items():
            if variable in self._used:
                scripts += keep(variable, source)
        events = [event("test", scripts)]
        if brought := self._brought(USED.findall(json.dumps(written))):
            events.append(event("prerequest", only_with(brought)))
        return {"name": name, "event": events, "request": written}

    def _schema(self, operation: Operation) -> dict | None:
        """The JSON Schema of the body; two statuses of success share one."""
        components = self._documents[operation.version]["components"]["schemas"]
        for answer in operation.successes.values():
            if content := answer.get("content", {}).get(JSON_TYPE):
                return json_schema(content["schema"], components)
        return None

    def _kept(self, operation: Operation) -> Iterator[tuple[str, str]]:
        """Yield the variables that an answer gives, and where in it they are."""
        if operation.name in TOKENS:
            yield from (("access", "body.access"), ("refresh", "body.refresh"))
        resource = operation.resource
        key = self._variables.keys.get(resource)
        if key is None or operation.is_detail:
            return
        if operation.creates:
            yield self._variables.made(operation.version, resource), f"body.{key}"
        elif operation.method == "get":
            row = f"(body.results || body)[0].{key}"
            yield self._variables.listed(resource), row

    def _brought(self, names: Iterable[str]) -> list[str]:
        """Return those of the variables that only the reader can know."""
        kept = {name for found in self._sources.values() for name in found}
        return sorted(set(names) - kept - set(_GIVEN) - _KEPT_BY_SCRIPTS)


def collection(documents: dict[str, dict]) -> dict:
    return Run(documents).collection()


def environment(documents: dict[str, dict]) -> dict:
    return Run(documents).environment()
