"""GraphQL's fields out of REST's serializers: what is shown and taken is said once."""

from collections.abc import Collection, Iterable, Mapping

import graphene
from django.db.models import TextChoices
from rest_framework import serializers

from .scalars import JSON, Date, DateTime, Decimal

_TYPES = (
    (serializers.BooleanField, graphene.Boolean),
    (serializers.IntegerField, graphene.Int),
    (serializers.DecimalField, Decimal),
    (serializers.DateTimeField, DateTime),
    (serializers.DateField, Date),
    (serializers.DictField, JSON),
    (serializers.JSONField, JSON),
)
_enums: dict[frozenset, type[graphene.Enum]] = {}
_inputs: dict[type, type[graphene.InputObjectType]] = {}


def enum_of(choices: type[TextChoices]) -> type[graphene.Enum]:
    """Show fields that take these choices as an enum of their name."""
    enum = graphene.Enum.from_enum(choices, description=lambda value: None)
    return _enums.setdefault(frozenset(choices.values), enum)


def choice_type(choices: Iterable[str]) -> type:
    """Return the enum that was registered for these values, or else text."""
    return _enums.get(frozenset(choices), graphene.String)


def output_fields(
    serializer: type[serializers.Serializer], *, leave_out: Collection[str] = ()
) -> dict[str, graphene.Field]:
    """Return a field for each of what a serializer shows."""
    return {
        name: graphene.Field(
            _type(field),
            required=not field.allow_null,
            description=field.help_text,
        )
        for name, field in serializer().fields.items()
        if name not in leave_out
    }


def input_fields(
    serializer: type[serializers.Serializer], *, partial: bool = False
) -> dict[str, graphene.InputField]:
    """Return a field for each of what a serializer takes; in part, none is required."""
    return {
        name: graphene.InputField(
            _type(field),
            required=field.required and not partial,
            description=field.help_text,
        )
        for name, field in serializer().fields.items()
        if not field.read_only
    }


def _type(field: serializers.Field | None):
    if isinstance(field, serializers.ListField | serializers.ListSerializer):
        return graphene.List(graphene.NonNull(_type(field.child)))
    if isinstance(field, serializers.Serializer):
        return _input_type(type(field))
    if isinstance(field, serializers.ChoiceField):
        return choice_type(field.choices)
    return next(
        (found for kind, found in _TYPES if isinstance(field, kind)), graphene.String
    )


def _input_type(serializer: type) -> type[graphene.InputObjectType]:
    if serializer not in _inputs:
        fields = input_fields(serializer)
        _inputs[serializer] = type(
            serializer.__name__, (graphene.InputObjectType,), fields
        )
    return _inputs[serializer]


def plain(value):
    """Return arguments as JSON would have brought them: no members of enums."""
    if isinstance(value, Mapping):
        return {name: plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return getattr(value, "value", value)
