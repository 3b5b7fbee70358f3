"""What comes in has the JSON type that the schema says; nothing is guessed."""

from types import SimpleNamespace

import pytest
from rest_framework import serializers

from apps.core.serializers import validated


class PartInput(serializers.Serializer):
    count = serializers.IntegerField()


class ThingInput(serializers.Serializer):
    name = serializers.CharField(required=False, allow_null=True)
    kind = serializers.ChoiceField(choices=["a", "1"], required=False)
    price = serializers.DecimalField(max_digits=4, decimal_places=2, required=False)
    count = serializers.IntegerField(required=False)
    on = serializers.BooleanField(required=False)
    tags = serializers.ListField(child=serializers.SlugField(), required=False)
    parts = PartInput(many=True, required=False)


def read(**body) -> dict:
    return validated(ThingInput, SimpleNamespace(data=body))


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ({"name": 0}, "name"),
        ({"name": True}, "name"),
        ({"name": []}, "name"),
        ({"kind": 1}, "kind"),
        ({"price": 1.5}, "price"),
        ({"price": 1}, "price"),
        ({"count": "1"}, "count"),
        ({"count": True}, "count"),
        ({"on": "yes"}, "on"),
        ({"on": 1}, "on"),
        ({"tags": ["a", 1]}, "tags.1"),
        ({"parts": [{"count": "1"}]}, "parts.0.count"),
    ],
    ids=str,
)
def test_another_type_is_named(body, name):
    with pytest.raises(serializers.ValidationError) as raised:
        read(**body)

    assert list(raised.value.detail) == [name]


def test_the_right_types_pass():
    body = {
        "name": None,
        "kind": "1",
        "price": "1.50",
        "count": 2.0,
        "on": False,
        "tags": ["a"],
        "parts": [{"count": 1}],
    }

    assert {name: str(value) for name, value in read(**body).items()} == {
        "name": "None",
        "kind": "1",
        "price": "1.50",
        "count": "2",
        "on": "False",
        "tags": "['a']",
        "parts": "[{'count': 1}]",
    }


@pytest.mark.parametrize(
    "body", [{"tags": "a"}, {"parts": {}}, {"count": 1.5}], ids=str
)
def test_what_is_no_type_of_ours_is_the_fields_own_to_refuse(body):
    with pytest.raises(serializers.ValidationError) as raised:
        read(**body)

    assert list(raised.value.detail) == list(body)
