"""What one operation may ask for: a validation rule for each limit of the settings.

They come on top of the specification's own rules, which a list of rules alone would
replace. How long a document may be, its parser is told: `execution`.
"""

from typing import Any

from django.conf import settings
from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLError,
    Node,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    StringValueNode,
    ValidationRule,
    specified_rules,
)

from .measures import Cost, Depth
from .operations import is_storable


def rules() -> list:
    """Return every rule that looks at a document alone."""
    hidden = [] if settings.GRAPHQL_INTROSPECTION else [NoSchemaIntrospectionCustomRule]
    return [*specified_rules, *hidden, DepthLimit, AliasLimit, StorableText]


class _Limit(ValidationRule):
    def refuse(self, message: str, code: str, node: Node) -> None:
        self.report_error(GraphQLError(message, node, extensions={"code": code}))


class DepthLimit(_Limit):
    """GRAPHQL_MAX_DEPTH fields inside each other, at most."""

    def enter_operation_definition(self, node: OperationDefinitionNode, *_) -> None:
        depth, limit = Depth(self.context).of(node), settings.GRAPHQL_MAX_DEPTH
        if depth > limit:
            message = f"The query is {depth} fields deep; {limit} are allowed."
            self.refuse(message, "query_too_deep", node)


class AliasLimit(_Limit):
    """GRAPHQL_MAX_ALIASES in a document: one request is not to be many at once."""

    def enter_document(self, node: DocumentNode, *_) -> None:
        self._left = settings.GRAPHQL_MAX_ALIASES

    def enter_field(self, node: FieldNode, *_) -> None:
        self._left -= node.alias is not None
        if self._left == -1 and node.alias:
            message = f"At most {settings.GRAPHQL_MAX_ALIASES} aliases are allowed."
            self.refuse(message, "too_many_aliases", node)


class StorableText(_Limit):
    """Text that no database takes is the caller's error; variables were looked at."""

    def enter_string_value(self, node: StringValueNode, *_) -> None:
        if not is_storable(node.value):
            self.refuse("A NUL is not text.", "invalid", node)


def cost_limit(variables: dict[str, Any], costs: dict[str, int]) -> type[_Limit]:
    """Return the rule that variables count for; costs of operations go to `costs`."""

    class CostLimit(_Limit):
        """GRAPHQL_MAX_COST, with the variables of this request."""

        def enter_operation_definition(self, node: OperationDefinitionNode, *_) -> None:
            limit = settings.GRAPHQL_MAX_COST
            cost = Cost(self.context, variables).of(node)
            costs[node.name.value if node.name else ""] = cost
            if cost > limit:
                message = f"The query may cost {cost} fields; {limit} are allowed."
                self.refuse(message, "query_too_costly", node)

    return CostLimit
