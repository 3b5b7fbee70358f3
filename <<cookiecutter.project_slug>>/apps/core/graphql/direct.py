"""Execution that does not make a ceremony of reading a column.

For every field of every row graphql-core builds an object that describes the field and
its place, and looks through the type of its value, twice. Most fields here are columns
of a row: their values are taken out and serialized, and that is all. Lists of rows, and
fields that lead to the same row, are walked as directly. All else goes the way it
always goes, and so does what fails.
"""

from functools import partial
from typing import NamedTuple

from graphql import (
    ExecutionContext,
    GraphQLEnumType,
    GraphQLField,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    is_non_null_type,
    is_object_type,
)
from graphql.pyutils import AwaitableOrValue, Path

from .rows import column, same_row


class _Direct(NamedTuple):
    """How a field is read without being resolved."""

    column: str | None = None
    leaf: GraphQLScalarType | GraphQLEnumType | None = None
    same: GraphQLObjectType | None = None


class DirectContext(ExecutionContext):
    """Give it to `graphql.execute` as `execution_context_class`."""

    def execute_fields(
        self, parent_type: GraphQLObjectType, source, path: Path | None, fields: dict
    ) -> dict:
        results = {}
        for name, nodes in fields.items():
            direct = _direct(parent_type.fields.get(nodes[0].name.value))
            if direct.leaf:
                value = source[direct.column]
                if value is not None:
                    try:
                        results[name] = direct.leaf.serialize(value)
                        continue
                    except Exception:  # It is told properly below.
                        pass
            here = Path(path, name, parent_type.name)
            if direct.same:
                inner = self.collect_subfields(direct.same, nodes)
                results[name] = self.execute_fields(direct.same, source, here, inner)
            else:
                results[name] = self.execute_field(parent_type, source, nodes, here)
        return results

    def complete_list_value(
        self, return_type, field_nodes, info, path, result
    ) -> AwaitableOrValue[list]:
        item_type = return_type.of_type
        if not is_non_null_type(item_type) or not is_object_type(item_type.of_type):
            return super().complete_list_value(
                return_type, field_nodes, info, path, result
            )
        # An error in an item that may not be null is the list's, as it comes.
        inner = self.collect_subfields(item_type.of_type, field_nodes)
        return [
            self.execute_fields(item_type.of_type, row, path.add_key(index), inner)
            for index, row in enumerate(result)
        ]


_NOTHING = _Direct()
# graphql-core leaves `extensions` to others, under strings.
_KEY = "direct"


def _direct(field: GraphQLField | None) -> _Direct:
    """Return how to read a field; it is found out once in the life of a process."""
    # Without a definition it is one of introspection's own, such as `__typename`.
    if field is None:
        return _NOTHING
    found = field.extensions.get(_KEY)
    if found is None:
        found = field.extensions[_KEY] = _find(field)
    return found


def _find(field: GraphQLField) -> _Direct:
    kind, resolve = field.type, field.resolve
    if isinstance(kind, GraphQLNonNull):
        kind = kind.of_type
    if resolve is same_row and isinstance(kind, GraphQLObjectType):
        return _Direct(same=kind)
    if isinstance(resolve, partial) and resolve.func is column:
        if isinstance(kind, GraphQLScalarType | GraphQLEnumType):
            return _Direct(column=resolve.args[0], leaf=kind)
    return _NOTHING
