"""Batches, ids and the fields that serializers give."""

from types import SimpleNamespace

import graphene
import pytest
from graphql_relay import to_global_id
from rest_framework import serializers

from apps.core.errors import InvalidInput
from apps.core.graphql.fields import input_fields, output_fields, plain
from apps.core.graphql.rows import BATCH, Batch, NodeRow, Related, Row, number_key
from apps.core.graphql.scalars import DateTime, Decimal


class NumberNode(NodeRow):
    key = "id"
    key_type = staticmethod(number_key)

    class Meta:
        name = "Number"

    @classmethod
    def find(cls, info, keys: list) -> list[dict]:
        info.asked.append(sorted(keys))
        return [{"id": key} for key in keys if key != 13]


class Holder(Row):
    number = Related(NumberNode, column="number_id")


def test_a_relation_is_read_once_for_all_rows():
    info = SimpleNamespace(asked=[])
    rows = Batch([{"number_id": key} for key in (1, 2, 2, None, 13)], Holder).rows

    found = [Holder.number.resolved(row, info) for row in rows]

    assert [row and row["id"] for row in found] == [1, 2, 2, None, None]
    assert info.asked == [[1, 2, 13]]
    assert found[1] is found[2]
    assert found[0][BATCH] is found[1][BATCH]


def test_a_failure_is_not_tried_again_for_every_row():
    tries = []

    def find(rows):
        tries.append(rows)
        raise InvalidInput

    batch = Batch([{}, {}], Holder)
    for _ in batch.rows:
        with pytest.raises(InvalidInput):
            batch.once("key", find)
    assert len(tries) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        to_global_id("Other", "1"),
        to_global_id("Number", "one"),
        to_global_id("Number", "-1"),
        to_global_id("Number", "9" * 19),
        "Number:1",
        "\ud800",
        "",
    ],
)
def test_an_id_of_something_else_is_refused(wrong):
    with pytest.raises(InvalidInput) as error:
        NumberNode.key_of(wrong)

    assert list(error.value.fields) == ["id"]


def test_an_id_holds_the_key():
    assert NumberNode.key_of(to_global_id("Number", "7")) == 7


class Part(serializers.Serializer):
    count = serializers.IntegerField()


class Whole(serializers.Serializer):
    name = serializers.CharField(help_text="What it is called.")
    price = serializers.DecimalField(max_digits=5, decimal_places=2, required=False)
    made_at = serializers.DateTimeField(allow_null=True, required=False)
    parts = Part(many=True, required=False)


def test_fields_of_a_serializer():
    shown = output_fields(Whole, leave_out=["parts"])
    taken = input_fields(Whole)

    assert {name: str(field.type) for name, field in shown.items()} == {
        "name": "String!",
        "price": "Decimal!",
        "made_at": "DateTime",
    }
    assert {name: str(field.type) for name, field in taken.items()} == {
        "name": "String!",
        "price": "Decimal",
        "made_at": "DateTime",
        "parts": "[Part!]",
    }
    assert str(input_fields(Whole, partial=True)["name"].type) == "String"
    assert shown["name"].description == "What it is called."


def test_no_member_of_an_enum_reaches_a_serializer():
    color = graphene.Enum("Color", [("RED", "red")])

    assert plain({"a": [color.RED, 1], "b": {"c": color.RED}}) == {
        "a": ["red", 1],
        "b": {"c": "red"},
    }


@pytest.mark.parametrize("scalar", [Decimal, DateTime])
def test_scalars_are_written_in_strings(scalar):
    schema = graphene.Schema(
        query=type(
            "Query",
            (graphene.ObjectType,),
            {
                "echo": graphene.Field(scalar, value=graphene.Argument(scalar)),
                "resolve_echo": lambda root, info, value: value,
            },
        )
    )
    query = f"query ($value: {scalar.__name__}) {{ echo(value: $value) }}"

    assert schema.execute('{ echo(value: "1.10") }').data == {"echo": "1.10"}
    assert schema.execute("{ echo(value: 1.10) }").errors
    assert schema.execute(query, variables={"value": "1.10"}).data == {"echo": "1.10"}
    assert schema.execute(query, variables={"value": 1.1}).errors
