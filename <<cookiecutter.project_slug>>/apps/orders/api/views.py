"""Orders: customers place, read and cancel their own; managers move them on."""

from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.callers import caller
from apps.core import policies
from apps.core.filters import (
    FilterSetBackend,
    KnownParametersFilter,
    parameters_check,
)
from apps.core.permissions import IsManager
from apps.core.serializers import validated

from .. import reports, selectors, services
from . import serializers
from .filters import OrderFilter

IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    location=OpenApiParameter.HEADER,
    description="Send the same one again and you get the same order, not a second.",
    pattern=r"^[\x21-\x7e]{1,64}$",
)


@extend_schema(tags=["orders"])
class OrderViewSet(viewsets.GenericViewSet):
    serializer_class = serializers.OrderOutput
    filter_backends = [KnownParametersFilter, FilterSetBackend]
    filterset_class = OrderFilter
    lookup_field = "reference"
    lookup_value_converter = "uuid"

    def get_queryset(self):
        return selectors.order_rows(user=self.request.user)

    def get_throttles(self):
        # Placing costs stock: it has a rate of its own.
        self.throttle_scope = "orders" if self.action == "create" else None
        return super().get_throttles()

    def list(self, request: Request, version: str) -> Response:
        """One's own orders; a manager sees everybody's."""
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        rows = selectors.order_rows_complete(rows=page or [])
        return self.get_paginated_response(rows)

    def retrieve(self, request: Request, version: str, reference: UUID) -> Response:
        return self._shown(reference)

    @extend_schema(
        request=serializers.OrderInput,
        parameters=[IDEMPOTENCY_KEY],
        responses={200: serializers.OrderOutput, 201: serializers.OrderOutput},
    )
    def create(self, request: Request, version: str) -> Response:
        """Place an order, or get the one that this Idempotency-Key placed before."""
        order, placed = services.order_place(
            customer=caller(request),
            quantities=validated(serializers.OrderInput, request)["lines"],
            idempotency_key=self._idempotency_key(),
        )
        return self._shown(
            order.reference,
            status.HTTP_201_CREATED if placed else status.HTTP_200_OK,
        )

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, version: str, reference: UUID) -> Response:
        """Cancel it, as long as it is not on its way."""
        own = None if policies.is_manager(request.user) else request.user.pk
        services.order_cancel(reference=reference, customer_id=own)
        return self._shown(reference)

    @extend_schema(request=serializers.OrderStatusInput)
    @action(
        detail=True,
        methods=["post"],
        url_path="status",
        permission_classes=[IsManager],
    )
    def move(self, request: Request, version: str, reference: UUID) -> Response:
        """Move it on: paid, shipped, delivered."""
        services.order_status_set(
            reference=reference, **validated(serializers.OrderStatusInput, request)
        )
        return self._shown(reference)

    def _shown(
        self, reference: UUID, status_code: int = status.HTTP_200_OK
    ) -> Response:
        rows = list(self.get_queryset().filter(reference=reference))
        if not rows:
            raise NotFound
        [row] = selectors.order_rows_complete(rows=rows)
        return Response(row, status=status_code)

    def _idempotency_key(self) -> str | None:
        key = self.request.headers.get("Idempotency-Key")
        if key is None:
            return None
        incoming = serializers.IdempotencyKeyInput(data={"idempotency_key": key})
        incoming.is_valid(raise_exception=True)
        return incoming.validated_data["idempotency_key"]


@extend_schema(tags=["reports"])
class SalesReportView(GenericAPIView):
    permission_classes = [IsManager]
    pagination_class = None
    filter_backends = []

    @extend_schema(
        parameters=[serializers.SalesInput],
        responses=serializers.SalesOutput(many=True),
    )
    def get(self, request: Request, version: str) -> Response:
        """What was sold in each month; the last twelve months unless told."""
        period = serializers.SalesInput(data=request.query_params)
        parameters_check(request, known=period.fields)
        period.is_valid(raise_exception=True)
        return Response(reports.sales_by_month(**period.validated_data))
