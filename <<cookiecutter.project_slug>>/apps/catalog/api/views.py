"""The catalog: anyone reads, administrators write."""

from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status, viewsets
from rest_framework.filters import OrderingFilter, SearchFilter
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.permissions import IsAdminOrReadOnly

from .. import selectors, services
from .serializers import CategoryInput, CategoryOutput


@extend_schema(tags=["catalog"])
class CategoryViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet
):
    queryset = selectors.category_list()
    serializer_class = CategoryOutput
    permission_classes = [IsAdminOrReadOnly]
    filter_backends = [SearchFilter, OrderingFilter]
    search_fields = ["name"]
    ordering_fields = ["name", "created_at"]
    lookup_field = "slug"

    @extend_schema(request=CategoryInput, responses={201: CategoryOutput})
    def create(self, request: Request, version: str) -> Response:
        category = services.category_create(**self._validated(request))
        return Response(CategoryOutput(category).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=CategoryInput)
    def update(self, request: Request, version: str, slug: str) -> Response:
        category = services.category_update(
            category=self.get_object(), **self._validated(request)
        )
        return Response(CategoryOutput(category).data)

    def destroy(self, request: Request, version: str, slug: str) -> Response:
        services.category_delete(category=self.get_object())
        return Response(status=status.HTTP_204_NO_CONTENT)

    @staticmethod
    def _validated(request: Request) -> dict:
        incoming = CategoryInput(data=request.data)
        incoming.is_valid(raise_exception=True)
        return incoming.validated_data
