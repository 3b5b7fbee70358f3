"""What the endpoint of exchange rates gives."""

from rest_framework import serializers

from apps.core.serializers import RowSerializer, UTCDateTimeField

from ..models import DECIMAL_PLACES, MAX_DIGITS


class RateOutput(RowSerializer):
    base = serializers.CharField()
    currency = serializers.CharField()
    rate = serializers.DecimalField(
        max_digits=MAX_DIGITS,
        decimal_places=DECIMAL_PLACES,
        help_text="What one unit of `base` is worth in `currency`.",
    )
    day = serializers.DateField(help_text="As of which day.")
    updated_at = UTCDateTimeField()
