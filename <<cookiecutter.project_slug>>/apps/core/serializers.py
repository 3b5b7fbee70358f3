"""What serializers share: the base of those that show, a step for those that take."""

from datetime import UTC

from django.db import models
from rest_framework import serializers


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


def validated(serializer: type[serializers.Serializer], request, **kwargs) -> dict:
    """Return the request's body as the serializer understands it.

    Raises:
        ValidationError: naming every field that makes no sense.
    """
    incoming = serializer(data=request.data, **kwargs)
    incoming.is_valid(raise_exception=True)
    return incoming.validated_data
