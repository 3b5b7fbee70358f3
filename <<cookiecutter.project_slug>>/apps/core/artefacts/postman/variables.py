"""The names under which a run hands values from one answer to later requests.

`products_slug` is the first row of a list, for whatever only points to it;
`v1_products_slug` is what the run itself made, for whatever changes or deletes it.
"""

import re
from collections.abc import Iterable

from .operations import Operation

# Properties of a body that a person or an earlier answer gives, whatever the schema.
GIVEN = {
    "email": "email",
    "password": "password",
    "old_password": "password",
    "new_password": "password",
    "refresh": "refresh",
}
USED = re.compile(r"\{\{(\w[\w-]*)}}")


def reference(name: str) -> str:
    return f"{{{{{name}}}}}"


def singular(word: str) -> str:
    return f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")


class Variables:
    """Knows which collections there are, and what identifies a thing of each."""

    def __init__(self, operations: Iterable[Operation]) -> None:
        self._made = {(one.version, one.resource) for one in operations if one.creates}
        self._started = {one.resource for one in operations if one.starts}
        self.keys = {
            one.resource: self._key(one.resource, one.parts[-1])
            for one in operations
            if one.is_detail
        }

    def listed(self, resource: str) -> str:
        return f"{resource}_{self.keys[resource]}"

    def made(self, version: str, resource: str) -> str:
        """What the run itself made; what is listed where it cannot make one."""
        ours = (version, resource) in self._made
        return f"{version}_{self.listed(resource)}" if ours else self.listed(resource)

    def goes_on(self, operation: Operation) -> bool:
        """Tell whether this is about a thing that may be over before the request."""
        return bool(operation.depth) and operation.parts[0] in self._started

    def path(self, operation: Operation) -> str:
        """Return the operation's path with variables for its groups."""
        parts = operation.path.split("/")
        for index, part in enumerate(parts):
            if part.startswith("{"):
                parts[index] = reference(self.made(operation.version, parts[index - 1]))
        return "/".join(parts)

    def of_property(self, name: str, operation: Operation) -> str | None:
        """Return the variable for this property of the operation's body, if any."""
        if name in GIVEN:
            return GIVEN[name]
        if name == "token":
            # It comes by e-mail or in a link: the reader fills it in.
            return re.sub(r"\W+", "_", f"{operation.name}_token")
        if name == self.keys.get(operation.parts[0]):
            return self.made(operation.version, operation.parts[0])
        for resource in self.keys:
            if name in (resource, singular(resource)):
                return self.listed(resource)
        return None

    @staticmethod
    def _key(resource: str, group: str) -> str:
        return group.strip("{}").removeprefix(f"{singular(resource)}_")
