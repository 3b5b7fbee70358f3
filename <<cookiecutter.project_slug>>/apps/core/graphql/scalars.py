"""Scalars that look as in REST, and carry text.

What a client sends is checked where REST checks it: by the serializer or filter set.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import graphene
from graphql import GraphQLError, StringValueNode


class _Text(graphene.Scalar):
    class Meta:
        abstract = True

    serialize: Callable[[Any], str] = str

    @classmethod
    def parse_value(cls, value) -> str:
        if not isinstance(value, str):
            raise GraphQLError(f"{cls._meta.name} is written in a string.")
        return value

    @classmethod
    def parse_literal(cls, node, _variables=None) -> str:
        value = node.value if isinstance(node, StringValueNode) else None
        return cls.parse_value(value)


class Decimal(_Text):
    """A number in a string: exact, never a float."""


class Date(_Text):
    """A day in ISO 8601, as in `2026-11-24`."""


class DateTime(_Text):
    """A moment in ISO 8601; in UTC, as in `2026-11-24T12:30:00Z`, when it is shown."""

    @staticmethod
    def serialize(value: datetime | str) -> str:
        if isinstance(value, str):
            return value
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


class JSON(graphene.Scalar):
    """Any JSON value."""

    serialize = parse_value = staticmethod(lambda value: value)
