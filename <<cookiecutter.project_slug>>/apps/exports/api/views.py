"""Exports: ask for one, look how far it is, call it off, fetch the file."""

from urllib.parse import urlencode
from uuid import UUID

from django.http import FileResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.callers import caller
from apps.core.filters import KnownParametersFilter, parameters_check
from apps.core.reads import Rows
from apps.core.serializers import ErrorOutput, validated

from .. import selectors, services
from ..links import link_check, link_token
from ..models import ExportStatus
from . import serializers

CSV = "text/csv"
LOCATION = OpenApiParameter(
    "Location",
    OpenApiTypes.URI,
    OpenApiParameter.HEADER,
    response=[202],
    description="Where its state is to be read.",
)
TOKEN = OpenApiParameter(
    "token", required=True, description="As `download_url` has it."
)


class AnyAccept(DefaultContentNegotiation):
    """For files, which come in one format, whatever `Accept` says."""

    def select_renderer(self, request, renderers, format_suffix=None):
        return renderers[0], renderers[0].media_type


@extend_schema(tags=["exports"])
class ExportViewSet(viewsets.GenericViewSet):
    serializer_class = serializers.ExportOutput
    filter_backends = [KnownParametersFilter]
    lookup_value_converter = "uuid"

    def get_queryset(self):
        return selectors.export_rows(owner=self.request.user)

    def get_throttles(self):
        # Long work for a worker: it has a rate of its own.
        self.throttle_scope = "exports" if self.action == "create" else None
        return super().get_throttles()

    def list(self, request: Request, version: str) -> Response:
        """One's own exports, the newest first."""
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(self._complete(page or []))

    def retrieve(self, request: Request, version: str, pk: UUID) -> Response:
        """How far it is; once it is done, with a fresh link to the file."""
        return self._shown(pk)

    @extend_schema(
        request=serializers.ExportInput,
        parameters=[LOCATION],
        responses={202: serializers.ExportOutput},
    )
    def create(self, request: Request, version: str) -> Response:
        """Ask for a CSV file of the orders that one may see; `Location` has its state.

        A customer's file holds their own orders, a manager's everybody's.
        """
        export = services.export_start(
            owner=caller(request), filters=validated(serializers.ExportInput, request)
        )
        response = self._shown(export.pk, status.HTTP_202_ACCEPTED)
        response.headers["Location"] = self._url("detail", export.pk)
        return response

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, version: str, pk: UUID) -> Response:
        """Call it off, as long as it is not over."""
        services.export_cancel(export_id=pk, owner=caller(request))
        return self._shown(pk)

    @extend_schema(
        parameters=[TOKEN],
        responses={
            (200, CSV): OpenApiTypes.BINARY,
            403: ErrorOutput,
            409: ErrorOutput,
        },
    )
    @action(
        detail=True,
        # The link says it all. An access token that expires meanwhile, or that a
        # browser cannot send along, must not be in the way.
        authentication_classes=[],
        permission_classes=[AllowAny],
        content_negotiation_class=AnyAccept,
    )
    def download(self, request: Request, version: str, pk: UUID) -> FileResponse:
        """The file, for whoever has the link."""
        parameters_check(request, known=[TOKEN.name])
        link_check(pk, request.query_params.get(TOKEN.name, ""))
        export, file = selectors.export_file_open(export_id=pk)
        return FileResponse(
            file,
            as_attachment=True,
            filename=f"orders-{export.created_at:%Y-%m-%d}.csv",
            content_type=f"{CSV}; charset=utf-8",
        )

    def _shown(self, pk: UUID, status_code: int = status.HTTP_200_OK) -> Response:
        rows = self._complete(list(self.get_queryset().filter(pk=pk)))
        if not rows:
            raise NotFound
        return Response(rows[0], status=status_code)

    def _complete(self, rows: Rows) -> Rows:
        for row in selectors.export_rows_complete(rows=rows):
            done = row["status"] == ExportStatus.DONE
            row["download_url"] = self._download_url(row["id"]) if done else None
        return rows

    def _download_url(self, pk: UUID) -> str:
        query = urlencode({TOKEN.name: link_token(pk)})
        return f"{self._url('download', pk)}?{query}"

    def _url(self, name: str, pk: UUID) -> str:
        return self.reverse_action(name, kwargs={"pk": pk})
