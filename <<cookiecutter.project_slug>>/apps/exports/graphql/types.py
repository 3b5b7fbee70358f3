"""What GraphQL shows of exports: to their owners alone, as in REST."""

from urllib.parse import urlencode
from uuid import UUID

import graphene
from rest_framework.reverse import reverse
from rest_framework.settings import api_settings

from apps.core.graphql.fields import enum_of
from apps.core.graphql.rows import NodeRow, Row
from apps.orders.statuses import OrderStatus

from .. import selectors
from ..api import serializers
from ..links import link_token

enum_of(serializers.ExportStatus)


class ExportFiltersType(Row):
    """Which orders are in it."""

    status = graphene.Field(enum_of(OrderStatus))

    class Meta:
        name = "ExportFilters"

    def resolve_status(filters: dict, info) -> str | None:
        return filters.get("status")


class ExportType(NodeRow):
    """One CSV file of orders in the making."""

    key = "id"
    key_type = UUID

    filters = graphene.Field(ExportFiltersType, required=True)

    class Meta:
        name = "Export"
        serializer = serializers.ExportOutput
        leave_out = ["id", "filters"]

    @classmethod
    def find(cls, info, keys: list) -> list[dict]:
        exports = selectors.exports_by_id(owner=info.context.user, ids=keys)
        return cls.complete(info, list(exports))

    @classmethod
    def complete(cls, info, rows: list[dict]) -> list[dict]:
        for row in selectors.export_rows_complete(rows=rows):
            done = row["status"] == serializers.ExportStatus.DONE
            row["download_url"] = _download_url(info, row["id"]) if done else None
        return rows


def _download_url(info, export_id: UUID) -> str:
    """Files are REST's: there is no such thing as one in a GraphQL answer."""
    kwargs = {"version": api_settings.DEFAULT_VERSION, "pk": export_id}
    url = reverse("export-download", kwargs=kwargs, request=info.context)
    return f"{url}?{urlencode({'token': link_token(export_id)})}"
