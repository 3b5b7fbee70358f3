from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.filters import parameters_check
from apps.core.permissions import IsManagerOrReadOnly
from apps.core.reads import PublicReadMixin
from apps.core.serializers import validated

from ... import selectors, services
from ...namespaces import CATEGORIES
from ..serializers import CategoryBranch, CategoryInput, CategoryOutput


@extend_schema(tags=["catalog"])
class CategoryViewSet(PublicReadMixin, viewsets.GenericViewSet):
    """The tree of categories."""

    cache_namespace = CATEGORIES
    serializer_class = CategoryOutput
    permission_classes = [IsManagerOrReadOnly]
    pagination_class = None
    lookup_field = "slug"
    lookup_value_converter = "slug"

    def get_queryset(self):
        return selectors.category_rows()

    def rows(self, page: list[dict]) -> list[dict]:
        return selectors.category_rows_complete(rows=page)

    @extend_schema(
        parameters=[OpenApiParameter("fields", exclude=True)],
        responses=CategoryBranch(many=True),
    )
    def list(self, request: Request, version: str) -> HttpResponse:
        """The whole tree, from its roots down."""
        parameters_check(request, known=())
        return self.answer(lambda: Response(selectors.category_tree()))

    @extend_schema(request=CategoryInput, responses={201: CategoryOutput})
    def create(self, request: Request, version: str) -> Response:
        category = services.category_create(**validated(CategoryInput, request))
        return self.written(category.slug, status.HTTP_201_CREATED)

    @extend_schema(request=CategoryInput)
    def partial_update(self, request: Request, version: str, slug: str) -> Response:
        """Rename it, move it below another one, or both."""
        services.category_update(
            slug=slug,
            precondition=self.precondition(),
            **validated(CategoryInput, request, partial=True),
        )
        return self.written(slug)

    def destroy(self, request: Request, version: str, slug: str) -> Response:
        services.category_delete(slug=slug, precondition=self.precondition())
        return Response(status=status.HTTP_204_NO_CONTENT)
