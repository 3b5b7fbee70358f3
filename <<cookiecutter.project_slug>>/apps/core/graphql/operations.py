"""What a request asks for, read from its JSON."""

from dataclasses import dataclass
from typing import Any

from ..errors import InvalidInput


@dataclass(frozen=True)
class Operation:
    """A document, which of its operations to run, and the values of its variables."""

    query: str
    variables: dict[str, Any]
    name: str | None

    @classmethod
    def read(cls, body: object) -> "Operation":
        """Check what JSON cannot: members, their types, and that text is text.

        Raises:
            InvalidInput: naming the member that is wrong.
        """
        if not isinstance(body, dict):
            raise InvalidInput("Send an object with the member `query`.")
        query, name = body.get("query"), body.get("operationName")
        variables = body.get("variables") or {}
        if not query or not isinstance(query, str):
            raise InvalidInput(fields={"query": ["Give a GraphQL document."]})
        if not isinstance(variables, dict):
            raise InvalidInput(fields={"variables": ["Give an object, or null."]})
        if not isinstance(name, str | None):
            raise InvalidInput(fields={"operationName": ["Give a name, or null."]})
        if not _is_text(variables):
            raise InvalidInput(fields={"variables": ["A NUL or half a character."]})
        return cls(query, variables, name or None)


def _is_text(value: object) -> bool:
    """Tell whether every text in it is one that a database can store."""
    if isinstance(value, dict):
        return all(_is_text(key) and _is_text(item) for key, item in value.items())
    if isinstance(value, list):
        return all(map(_is_text, value))
    return not isinstance(value, str) or is_storable(value)


def is_storable(text: str) -> bool:
    """PostgreSQL's text holds neither a NUL nor half a surrogate pair."""
    return "\0" not in text and not any("\ud800" <= char <= "\udfff" for char in text)
