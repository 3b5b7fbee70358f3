"""Types whose values are plain rows, read together.

A row knows the batch that it was read in. Whatever one row of a batch needs from
another table is read for all of them at once, and the others find it there. So a level
of a query costs the same however many rows it has, whatever aliases and fragments it
is written with, and nothing has to be foreseen.
"""

from collections.abc import Callable, Hashable, Iterable
from typing import Any, ClassVar

import graphene
from django_filters import FilterSet
from graphene.types.objecttype import ObjectTypeOptions
from graphene.types.structures import List, NonNull
from graphene.types.utils import get_type
from graphql_relay import from_global_id, to_global_id

from apps.core.errors import InvalidInput

from .fields import output_fields

BATCH = "_batch"


def slug_key(text: str) -> str:
    """Read a key that is text; databases take no NUL."""
    if "\0" in text:
        raise ValueError
    return text


def number_key(text: str) -> int:
    """Read a key that is a number which databases can hold."""
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise ValueError
    return int(text)


class Batch:
    """Rows of one type that were read together, and what was found for them."""

    def __init__(self, rows: Iterable[dict], row_type: type["Row"]) -> None:
        self.rows = list(rows)
        self.row_type = row_type
        self._found: dict[Hashable, object] = {}
        for row in self.rows:
            row[BATCH] = self

    def once(self, key: Hashable, find: Callable[[list[dict]], object]):
        """Return what `find` returns for all the rows; a failure is remembered too."""
        if key not in self._found:
            try:
                self._found[key] = find(self.rows)
            except Exception as error:
                self._found[key] = error
        found = self._found[key]
        if isinstance(found, Exception):
            raise found
        return found


def column(name: str, default, row: dict, info):
    """Resolve a field to the column of its name."""
    return row[name]


def same_row(row: dict, info) -> dict:
    """Resolve a field to another view of the same row."""
    return row


class Row(graphene.ObjectType):
    """The base of types whose values are rows.

    `Meta.serializer` names the one that shows such rows in REST: its fields are the
    type's, but for those in `Meta.leave_out`.
    """

    class Meta:
        abstract = True

    @classmethod
    def __init_subclass_with_meta__(
        cls, *, serializer=None, leave_out=(), **options
    ) -> None:
        meta = ObjectTypeOptions(cls)
        if serializer:
            meta.fields = output_fields(serializer, leave_out=leave_out)
        super().__init_subclass_with_meta__(
            default_resolver=column, _meta=meta, **options
        )


class Node(graphene.Interface):
    """Whatever has an id of its own; `node` finds it again."""

    id = graphene.ID(required=True)

    @classmethod
    def resolve_type(cls, row: dict, info) -> type[Row]:
        return row[BATCH].row_type


class NodeRow(Row):
    """The base of types that have ids.

    A subclass says in `find(cls, info, keys)` how rows are found by the key that REST's
    addresses have, complete and scoped to the caller. There is no other way to a single
    row, whatever relation leads to it: what is hidden from the caller is null
    everywhere.
    """

    find: ClassVar[Callable[..., list[dict]]]
    key = "slug"
    key_type: Callable[[str], Hashable] = staticmethod(slug_key)
    filterset: type[FilterSet] | None = None
    ordering: dict[str, str] = {}
    ranges: dict[str, str] = {}

    class Meta:
        abstract = True

    @classmethod
    def __init_subclass_with_meta__(cls, *, interfaces=(), **options) -> None:
        super().__init_subclass_with_meta__(interfaces=(Node, *interfaces), **options)

    @classmethod
    def complete(cls, info, rows: list[dict]) -> list[dict]:
        """Bring to the rows of a list what their fields need; return them."""
        return rows

    @classmethod
    def read(cls, info, keys: Iterable) -> dict[Hashable, dict]:
        return {row[cls.key]: row for row in cls.batch(cls.find(info, list(keys)))}

    @classmethod
    def batch(cls, rows: list[dict]) -> list[dict]:
        return Batch(rows, cls).rows

    @classmethod
    def read_one(cls, info, text: str) -> dict | None:
        """Return the row of a key as it stands in ids; None when there is none."""
        try:
            key = cls.key_type(text)
        except ValueError:
            return None
        return cls.read(info, [key]).get(key)

    @classmethod
    def read_id(cls, info, global_id: str) -> dict | None:
        """Return the row of an id of this type; None when there is none."""
        key = cls.key_of(global_id)
        return cls.read(info, [key]).get(key)

    @classmethod
    def key_of(cls, global_id: str, argument: str = "id") -> Any:
        """Return the key in an id of this type.

        Raises:
            InvalidInput: it is the id of something else, or none at all.
        """
        name, key = from_global_id(global_id)
        try:
            if name == cls._meta.name:
                return cls.key_type(key)
        except ValueError:
            pass
        message = f"This is no id of a {cls._meta.name}."
        raise InvalidInput(fields={argument: [message]})

    def resolve_id(row: dict, info) -> str:
        node_type = row[BATCH].row_type
        return to_global_id(node_type._meta.name, str(row[node_type.key]))


class Related(graphene.Field):
    """Another row whose key stands in `column`; null when the caller may not see it."""

    def __init__(self, node_type, *, column: str, **options) -> None:
        self.node_type = node_type
        self.column = column
        super().__init__(self.shape(node_type), resolver=self.resolved, **options)

    def shape(self, node_type):
        return node_type

    def resolved(self, row: dict, info) -> dict | list[dict] | None:
        return self.found(row, info).get(row[self.column])

    def found(self, row: dict, info) -> dict[Hashable, dict]:
        return row[BATCH].once(self, lambda rows: self.read(rows, info))

    def read(self, rows: list[dict], info) -> dict[Hashable, dict]:
        return get_type(self.node_type).read(info, self.keys(rows))

    def keys(self, rows: list[dict]) -> set:
        return {row[self.column] for row in rows} - {None}


class RelatedList(Related):
    """The rows whose keys stand in `column`, in its order."""

    def shape(self, node_type):
        return NonNull(List(NonNull(node_type)))

    def resolved(self, row: dict, info) -> list[dict]:
        found = self.found(row, info)
        return [found[key] for key in row[self.column] if key in found]

    def keys(self, rows: list[dict]) -> set:
        return {key for row in rows for key in row[self.column]}


class NodeQuery(graphene.ObjectType):
    """The part of every schema that finds things by their ids."""

    node = graphene.Field(Node, id=graphene.ID(required=True))

    def resolve_node(root, info, id: str) -> dict | None:
        name, key = from_global_id(id)
        node_type = getattr(info.schema.get_type(name), "graphene_type", None)
        if not (isinstance(node_type, type) and issubclass(node_type, NodeRow)):
            raise InvalidInput(fields={"id": ["This is no id of anything."]})
        return node_type.read_one(info, key)
