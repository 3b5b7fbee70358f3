"""What the API can be asked, and in which order a run asks it."""

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

LOG_IN = "auth/login"
TOKENS = (LOG_IN, "auth/refresh")
ENDS_THE_SESSION = ("auth/password/reset/confirm", "auth/logout", "auth/logout-all")
_ENDS_A_THING = ("cancel",)
_METHODS = ("get", "post", "put", "patch", "delete")
_VERSION = re.compile(r"/(v\d+)/")


class Stage(IntEnum):
    LOG_IN = 1
    LOOK_AROUND = 2
    CREATE = 3
    LOOK_CLOSER = 4
    CHANGE = 5
    CLEAN_UP = 6
    LOG_OUT = 7


@dataclass(frozen=True)
class Operation:
    method: str
    path: str
    spec: dict

    @property
    def label(self) -> str:
        return f"{self.method.upper()} {self.path}"

    @cached_property
    def version(self) -> str:
        return _VERSION.findall(self.path)[0]

    @cached_property
    def name(self) -> str:
        """The path without its version: `products/{slug}`."""
        return self.path.partition(f"/{self.version}/")[2].strip("/")

    @cached_property
    def parts(self) -> list[str]:
        return self.name.split("/")

    @cached_property
    def resource(self) -> str:
        """The last collection on the way: `reviews` in `products/{slug}/reviews`."""
        named = [self.parts[index - 1] for index in self._groups]
        return named[-1] if self.is_detail else self.parts[-1]

    @cached_property
    def _groups(self) -> list[int]:
        return [index for index, part in enumerate(self.parts) if part[0] == "{"]

    @property
    def depth(self) -> int:
        return len(self._groups)

    @property
    def is_detail(self) -> bool:
        return bool(self._groups) and self._groups[-1] == len(self.parts) - 1

    @cached_property
    def successes(self) -> dict[int, dict]:
        """The answers that the schema promises when all goes well."""
        found = {int(code): answer for code, answer in self.spec["responses"].items()}
        return {code: found[code] for code in sorted(found) if 200 <= code < 300}

    @property
    def creates(self) -> bool:
        return self.method == "post" and (201 in self.successes or self.starts)

    @property
    def starts(self) -> bool:
        """It makes a thing that works by itself from then on."""
        return "Location" in self.successes.get(202, {}).get("headers", ())

    @property
    def gives_file(self) -> bool:
        answers = self.successes.values()
        kinds = {kind for answer in answers for kind in answer.get("content", ())}
        return bool(kinds) and "application/json" not in kinds

    @property
    def is_open(self) -> bool:
        """No token is read."""
        return self.spec.get("security") == [{}]

    @cached_property
    def stage(self) -> Stage:
        if self.name in TOKENS:
            return Stage.LOG_IN
        if self.name in ENDS_THE_SESSION:
            return Stage.LOG_OUT
        if self.method == "delete" or self.parts[-1] in _ENDS_A_THING:
            return Stage.CLEAN_UP
        if self.method == "get":
            return Stage.LOOK_CLOSER if self.depth else Stage.LOOK_AROUND
        return Stage.CREATE if self.creates else Stage.CHANGE


def operations(documents: dict[str, dict]) -> list[Operation]:
    """Return the run: the first version's operations, and where later ones differ.

    Args:
        documents: OpenAPI documents by version, the first version first.
    """
    first, *_ = documents
    found = [
        Operation(method, path, spec)
        for version, document in documents.items()
        for path, methods in document["paths"].items()
        if version == first
        or methods != documents[first]["paths"].get(path.replace(version, first, 1))
        for method, spec in methods.items()
        if method in _METHODS
    ]
    run = sorted((one for one in found if one.method != "delete"), key=_order)
    # What was made last goes first: it may point to what was made before.
    made = [(one.version, one.resource) for one in run if one.creates]
    deletes = [one for one in found if one.method == "delete"]
    deletes.sort(key=lambda one: _position(made, (one.version, one.resource)))
    end = next(
        (index for index, one in enumerate(run) if one.stage == Stage.LOG_OUT), len(run)
    )
    return [*run[:end], *reversed(deletes), *run[end:]]


def _position(made: list[tuple], thing: tuple) -> int:
    return made.index(thing) if thing in made else -1


def _order(operation: Operation) -> tuple:
    return (
        operation.stage,
        _SESSION_ORDER.get(operation.name, 0),
        operation.depth,
        operation.path,
        _METHODS.index(operation.method),
    )


_SESSION_ORDER = {
    name: index for index, name in enumerate((*TOKENS, *ENDS_THE_SESSION))
}
