"""How deep an operation goes, and what it may cost at most, before anything runs.

A measure sees documents before they are known to be valid: unknown names and fragments
in circles must not trouble it.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any

from graphql import (
    FieldNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLNamedType,
    GraphQLNonNull,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    ValidationContext,
    ValueNode,
    VariableNode,
    get_named_type,
    is_list_type,
)

from ..pagination import DEFAULT_PAGE_SIZE

PAGE_ARGUMENTS = ("first", "last")


class _Measure(ABC):
    """Walks what an operation selects, and looks at each fragment once.

    A few dozen fragments, each spread twice in the one before, stand for more fields
    than there is time to count.
    """

    def __init__(self, context: ValidationContext) -> None:
        self._context = context
        self._fragments: dict[str, int] = {}

    combine: Callable[..., int]

    @abstractmethod
    def field(self, node: FieldNode, parent: GraphQLNamedType | None) -> int:
        """Measure a field and all that is below it."""

    def selected(
        self, chosen: SelectionSetNode | None, parent: GraphQLNamedType | None
    ) -> int:
        if chosen is None:
            return 0
        return self.combine([self._one(node, parent) for node in chosen.selections])

    def _one(self, node: SelectionNode, parent: GraphQLNamedType | None) -> int:
        if isinstance(node, FieldNode):
            return self.field(node, parent)
        if isinstance(node, FragmentSpreadNode):
            return self._fragment(node.name.value)
        assert isinstance(node, InlineFragmentNode)
        return self.selected(node.selection_set, self._type(node) or parent)

    def _fragment(self, name: str) -> int:
        if name not in self._fragments:
            # Inside itself it counts nothing; the specification refuses it anyway.
            self._fragments[name] = 0
            if fragment := self._context.get_fragment(name):
                self._fragments[name] = self.selected(
                    fragment.selection_set, self._type(fragment)
                )
        return self._fragments[name]

    def _type(self, node) -> GraphQLNamedType | None:
        condition = node.type_condition
        return condition and self._context.schema.get_type(condition.name.value)


class Depth(_Measure):
    """Fields inside each other. What asks for the schema has a rule of its own."""

    combine = staticmethod(max)

    def of(self, operation: OperationDefinitionNode) -> int:
        return self.selected(operation.selection_set, None)

    def field(self, node: FieldNode, parent: GraphQLNamedType | None) -> int:
        if node.name.value.startswith("__"):
            return 1
        return 1 + self.selected(node.selection_set, parent)


class Cost(_Measure):
    """One a field, times the rows of every page around it.

    A page has as many rows as `first` or `last` asks for, by default as many as a page
    of REST; so has a list that cannot be asked for less.
    """

    combine = staticmethod(sum)

    def __init__(self, context: ValidationContext, variables: dict[str, Any]) -> None:
        super().__init__(context)
        self._variables = variables

    def of(self, operation: OperationDefinitionNode) -> int:
        for definition in operation.variable_definitions:
            if definition.default_value:
                name = definition.variable.name.value
                default = _whole_number(definition.default_value)
                self._variables = {name: default, **self._variables}
        root = self._context.schema.get_root_type(operation.operation)
        return self.selected(operation.selection_set, root)

    def field(self, node: FieldNode, parent: GraphQLNamedType | None) -> int:
        field = getattr(parent, "fields", {}).get(node.name.value)
        if field is None:
            return 1 + self.selected(node.selection_set, None)
        below = self.selected(node.selection_set, get_named_type(field.type))
        return 1 + below * self._rows(node, field, parent)

    def _rows(
        self, node: FieldNode, field: GraphQLField, parent: GraphQLNamedType | None
    ) -> int:
        names = [name for name in PAGE_ARGUMENTS if name in field.args]
        if names:
            given = {arg.name.value: self._number(arg.value) for arg in node.arguments}
            asked = [given.get(name, field.args[name].default_value) for name in names]
            positive = [rows for rows in asked if isinstance(rows, int) and rows > 0]
            return max(positive, default=DEFAULT_PAGE_SIZE)
        kind = field.type
        if isinstance(kind, GraphQLNonNull):
            kind = kind.of_type
        is_list = is_list_type(kind)
        # A connection was multiplied already, by its own arguments.
        return DEFAULT_PAGE_SIZE if is_list and not _is_connection(parent) else 1

    def _number(self, value: ValueNode) -> int | None:
        if isinstance(value, VariableNode):
            return self._variables.get(value.name.value)
        return _whole_number(value)


def _whole_number(value: ValueNode) -> int | None:
    return int(value.value) if isinstance(value, IntValueNode) else None


def _is_connection(parent: GraphQLNamedType | None) -> bool:
    return parent is not None and parent.name.endswith("Connection")
