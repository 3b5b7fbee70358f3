"""What the endpoints of exports take and give."""

from rest_framework import serializers

from apps.core.serializers import RowSerializer, UTCDateTimeField
from apps.orders.statuses import OrderStatus

from ..models import ExportStatus


class ExportInput(serializers.Serializer):
    """Which orders; all of those that the caller may see unless told."""

    status = serializers.ChoiceField(choices=OrderStatus.choices, required=False)

    def validate(self, filters: dict) -> dict:
        # A mistyped filter would give a file of everything.
        if unknown := sorted(set(self.initial_data) - set(self.fields)):
            raise serializers.ValidationError(
                {name: ["There is no such filter."] for name in unknown}
            )
        return filters


class ExportOutput(RowSerializer):
    id = serializers.UUIDField()
    status = serializers.ChoiceField(choices=ExportStatus.choices)
    filters = ExportInput()
    progress = serializers.IntegerField(
        min_value=0, max_value=100, help_text="In percent."
    )
    rows_done = serializers.IntegerField()
    rows_total = serializers.IntegerField(help_text="0 until it runs.")
    error = serializers.CharField(help_text="Why it failed; empty otherwise.")
    created_at = UTCDateTimeField()
    finished_at = UTCDateTimeField(allow_null=True)
    download_url = serializers.URLField(
        allow_null=True,
        help_text="Once it is done: good for 15 minutes, and needs no access token.",
    )
