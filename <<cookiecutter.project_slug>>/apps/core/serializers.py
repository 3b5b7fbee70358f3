"""What serializers share: the base of those that show, a step for those that take."""

from collections.abc import Iterator
from datetime import UTC

from django.db import models
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail


class UTCDateTimeField(serializers.DateTimeField):
    """Shows UTC whatever TIME_ZONE says: one client reads them all."""

    def __init__(self, **kwargs) -> None:
        super().__init__(**{"default_timezone": UTC, **kwargs})


class ModelSerializer(serializers.ModelSerializer):
    serializer_field_mapping = {
        **serializers.ModelSerializer.serializer_field_mapping,
        models.DateTimeField: UTCDateTimeField,
    }


class RowSerializer(serializers.Serializer):
    """Declares what a row holds, for the OpenAPI schema, and passes the row on.

    Rows come from selectors as plain dicts that are ready to be rendered. A test of
    each app compares their keys with what is declared.
    """

    def to_representation(self, instance: dict) -> dict:
        return instance


class ErrorDetailOutput(serializers.Serializer):
    code = serializers.CharField(help_text="One word for a program.")
    detail = serializers.CharField(help_text="A sentence for a person.")
    attr = serializers.CharField(
        allow_null=True, help_text="The input that it is about; dots lead into it."
    )


class ErrorOutput(serializers.Serializer):
    """The one shape of all errors."""

    type = serializers.ChoiceField(
        choices=["validation_error", "client_error", "server_error"]
    )
    # DRF takes declared fields out of the class: nothing of its own is hidden.
    errors = ErrorDetailOutput(many=True)  # type: ignore[assignment]


def validated(serializer: type[serializers.Serializer], request, **kwargs) -> dict:
    """Return the request's body as the serializer understands it.

    Raises:
        ValidationError: naming every field that makes no sense.
    """
    return validated_data(serializer, request.data, **kwargs)


def validated_data(serializer: type[serializers.Serializer], data, **kwargs) -> dict:
    """Do the same with data that did not come as the body of a request."""
    incoming = serializer(data=data, **kwargs)
    if wrong := dict(_wrong_types(incoming, data)):
        raise serializers.ValidationError(wrong)
    incoming.is_valid(raise_exception=True)
    return incoming.validated_data


# What each field is in JSON. The fields themselves would take 0 for "0", "yes" for
# true, and a float for money.
_JSON_TYPES = (
    (serializers.BooleanField, bool, "a boolean"),
    (serializers.IntegerField, (int, float), "an integer"),
    (serializers.DecimalField, str, "a number in a string"),
    (serializers.CharField, str, "a string"),
    (serializers.ChoiceField, str, "a string"),
)


def _wrong_types(
    field: serializers.Field | None, value, name: str = ""
) -> Iterator[tuple]:
    """Yield name and error of every value that is not of its field's JSON type."""
    if isinstance(field, serializers.Serializer) and isinstance(value, dict):
        for part in field.fields.values():
            if part.field_name in value:
                path = f"{name}.{part.field_name}".lstrip(".")
                yield from _wrong_types(part, value[part.field_name], path)
    elif isinstance(field, serializers.ListSerializer | serializers.ListField):
        if isinstance(value, list):
            # The stubs know it of one of the two alone.
            most = getattr(field, "max_length", None)
            for number, item in enumerate(value[:most]):
                yield from _wrong_types(field.child, item, f"{name}.{number}")
    elif value is not None:
        for kind, types, wanted in _JSON_TYPES:
            if isinstance(field, kind):
                if not isinstance(value, types) or isinstance(value, bool) != (
                    types is bool
                ):
                    yield name, [ErrorDetail(f"Give {wanted}.", "invalid")]
                return
