from django.http import HttpResponse
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    extend_schema,
    extend_schema_view,
)
from rest_framework import status, viewsets
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.filters import FilterSetBackend, KnownParametersFilter, OrderingFilter
from apps.core.permissions import IsManager, IsManagerOrReadOnly
from apps.core.reads import PublicReadMixin
from apps.core.serializers import validated

from ... import selectors, services
from ...namespaces import CATALOG
from .. import serializers
from ..filters import PRODUCT_ORDERING, PRODUCT_RANGES, ProductFilter
from ..versions import DeprecatedVersionMixin, money_nested

IN_STOCK = OpenApiParameter(
    "in_stock", bool, examples=[OpenApiExample("What can be ordered now", True)]
)


@extend_schema_view(list=extend_schema(parameters=[IN_STOCK]))
@extend_schema(tags=["catalog"])
class ProductViewSet(DeprecatedVersionMixin, PublicReadMixin, viewsets.GenericViewSet):
    """Products: filtered, ordered, searched, by pages or by cursor."""

    cache_namespace = CATALOG
    permission_classes = [IsManagerOrReadOnly]
    filter_backends = [KnownParametersFilter, FilterSetBackend, OrderingFilter]
    filterset_class = ProductFilter
    ordering_fields = PRODUCT_ORDERING
    range_ordering = PRODUCT_RANGES
    lookup_field = "slug"
    lookup_value_converter = "slug"

    @property
    def detailed(self) -> bool:
        return self.action != "list"

    def get_serializer_class(self):
        names: dict[tuple[str | None, bool], type[serializers.ProductOutput]] = {
            ("v1", False): serializers.ProductOutput,
            ("v1", True): serializers.ProductDetailOutput,
            ("v2", False): serializers.ProductOutputV2,
            ("v2", True): serializers.ProductDetailOutputV2,
        }
        return names[self.request.version, self.detailed]

    def get_queryset(self):
        return selectors.product_rows(user=self.request.user, detailed=self.detailed)

    def rows(self, page: list[dict]) -> list[dict]:
        complete = selectors.product_rows_complete(rows=page)
        for row in complete:
            if row["image"]:
                row["image"] = self.request.build_absolute_uri(row["image"])
        return complete if self.request.version == "v1" else money_nested(complete)

    @extend_schema(request=serializers.ProductInput)
    def create(self, request: Request, version: str) -> HttpResponse:
        product = services.product_create(
            **validated(serializers.ProductInput, request)
        )
        return self.written(product.slug, status.HTTP_201_CREATED)

    @extend_schema(request=serializers.ProductInput)
    def update(self, request: Request, version: str, slug: str) -> HttpResponse:
        """Replace it; what is left out gets its default."""
        return self._update(slug, validated(serializers.ProductInput, request))

    @extend_schema(request=serializers.ProductInput)
    def partial_update(self, request: Request, version: str, slug: str) -> HttpResponse:
        """Change a part of it."""
        changes = validated(serializers.ProductInput, request, partial=True)
        return self._update(slug, changes)

    def destroy(self, request: Request, version: str, slug: str) -> Response:
        """Delete it, unless somebody has ordered it."""
        services.product_delete(slug=slug, precondition=self.precondition())
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request={"multipart/form-data": serializers.ImageInput})
    @action(detail=True, methods=["put"], parser_classes=[MultiPartParser])
    def image(self, request: Request, version: str, slug: str) -> HttpResponse:
        """Give it a picture, instead of the present one."""
        services.product_image_set(
            slug=slug,
            precondition=self.precondition(),
            **validated(serializers.ImageInput, request),
        )
        return self.written(slug)

    @extend_schema(request=serializers.PricesInput, responses=serializers.PricesOutput)
    @action(detail=False, methods=["post"], permission_classes=[IsManager])
    def prices(self, request: Request, version: str) -> Response:
        """Set the prices of many products at once, all or none."""
        changed = services.product_prices_set(
            **validated(serializers.PricesInput, request)
        )
        return Response({"updated": changed})

    def _update(self, slug: str, changes: dict) -> HttpResponse:
        services.product_update(slug=slug, precondition=self.precondition(), **changes)
        return self.written(slug)
