"""The short way gives what the long way gives, errors included."""

from decimal import Decimal as Number

import graphene
import pytest
from graphql import ExecutionContext, execute_sync, parse

from apps.core.graphql.direct import DirectContext
from apps.core.graphql.rows import Batch, Row, same_row
from apps.core.graphql.scalars import Decimal


class Maker(Row):
    name = graphene.String()


class Thing(Row):
    name = graphene.String(required=True)
    price = Decimal()
    size = graphene.Int()
    maker = graphene.Field(Maker, resolver=same_row)
    length = graphene.Int()

    def resolve_length(row: dict, info) -> int:
        return len(row["name"])


class Query(graphene.ObjectType):
    things = graphene.List(graphene.NonNull(Thing))
    required = graphene.List(graphene.NonNull(Thing), required=True)

    def resolve_things(rows, info):
        return rows

    resolve_required = resolve_things


SCHEMA = graphene.Schema(query=Query).graphql_schema
EVERYTHING = "{ __typename name other: name price size length maker { name } }"
GOOD = {"name": "Lamp", "price": Number("1.10"), "size": None}


def answer(context, query: str, rows: list[dict]):
    Batch(rows, Thing)
    result = execute_sync(
        SCHEMA, parse(query), root_value=rows, execution_context_class=context
    )
    errors = [(error.message, error.path) for error in result.errors or []]
    return result.data, errors


@pytest.mark.parametrize("field", ["things", "required"])
@pytest.mark.parametrize(
    "row",
    [GOOD, GOOD | {"size": "large"}, GOOD | {"name": None}, GOOD | {"size": 2**40}],
    ids=["good", "no number", "null where none may be", "too large"],
)
def test_the_same_data_and_errors(field, row):
    query = f"{{ {field} {EVERYTHING} }}"
    answers = [
        answer(context, query, [dict(GOOD), dict(row)])
        for context in (DirectContext, ExecutionContext)
    ]

    assert answers[0] == answers[1]


def test_columns_are_not_resolved(monkeypatch):
    resolved = []
    execute_field = ExecutionContext.execute_field

    def spy(self, parent_type, source, nodes, path):
        resolved.append(nodes[0].name.value)
        return execute_field(self, parent_type, source, nodes, path)

    monkeypatch.setattr(DirectContext, "execute_field", spy)
    answer(DirectContext, f"{{ things {EVERYTHING} }}", [dict(GOOD)])

    assert sorted(resolved) == ["__typename", "length", "size", "things"]
