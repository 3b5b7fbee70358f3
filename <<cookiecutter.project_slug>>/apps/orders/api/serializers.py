"""What the endpoints of orders take and give."""

from datetime import UTC, date, datetime, time, timedelta

from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from apps.catalog.currencies import Currency
from apps.core.serializers import RowSerializer, UTCDateTimeField

from ..models import MAX_QUANTITY, OrderStatus

MAX_LINES = 100


class MoneyField(serializers.DecimalField):
    """A sum, which may be larger than any price."""

    def __init__(self, **kwargs) -> None:
        super().__init__(max_digits=20, decimal_places=2, **kwargs)


class OrderLineInput(serializers.Serializer):
    product = serializers.SlugField(max_length=210)
    quantity = serializers.IntegerField(min_value=1, max_value=MAX_QUANTITY)


class OrderInput(serializers.Serializer):
    lines: serializers.ListSerializer = serializers.ListSerializer(
        child=OrderLineInput(), allow_empty=False, max_length=MAX_LINES
    )

    def validate_lines(self, lines: list[dict]) -> dict[str, int]:
        quantities = {line["product"]: line["quantity"] for line in lines}
        if len(quantities) < len(lines):
            raise serializers.ValidationError("A product is named twice.")
        return quantities


class IdempotencyKeyInput(serializers.Serializer):
    """The `Idempotency-Key` header, checked like a field."""

    idempotency_key = serializers.RegexField(r"^[\x21-\x7e]{1,64}$")


@extend_schema_serializer(
    examples=[OpenApiExample("Paid", {"status": OrderStatus.PAID}, request_only=True)]
)
class OrderStatusInput(serializers.Serializer):
    status = serializers.ChoiceField(choices=OrderStatus.choices)


class OrderLineOutput(serializers.Serializer):
    product = serializers.SlugField()
    name = serializers.CharField()
    quantity = serializers.IntegerField()
    unit_price = MoneyField()
    amount = MoneyField()


class OrderOutput(RowSerializer):
    reference = serializers.UUIDField()
    status = serializers.ChoiceField(choices=OrderStatus.choices)
    currency = serializers.ChoiceField(choices=Currency.choices)
    total = MoneyField()
    customer = serializers.EmailField()
    lines = OrderLineOutput(many=True)
    created_at = UTCDateTimeField()
    updated_at = UTCDateTimeField()


class SalesInput(serializers.Serializer):
    """The query of the sales report."""

    since = serializers.DateField(required=False, help_text="A year ago.")
    until = serializers.DateField(required=False, help_text="Not counted; tomorrow.")

    def validate(self, days: dict) -> dict[str, datetime]:
        tomorrow = datetime.now(UTC).date() + timedelta(days=1)
        until = days.get("until", tomorrow)
        since = days.get("since", date(max(until.year - 1, 1), until.month, 1))
        if since >= until:
            raise serializers.ValidationError({"until": ["Give a day after since."]})
        return {
            "since": datetime.combine(since, time.min, UTC),
            "until": datetime.combine(until, time.min, UTC),
        }


class SalesOutput(RowSerializer):
    month = serializers.CharField(help_text="As in 2026-11 (UTC).")
    currency = serializers.ChoiceField(choices=Currency.choices)
    orders = serializers.IntegerField()
    items = serializers.IntegerField()
    revenue = MoneyField()
    running_total = MoneyField()
