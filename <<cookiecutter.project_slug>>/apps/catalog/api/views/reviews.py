from drf_spectacular.utils import extend_schema
from rest_framework import status, viewsets
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.callers import caller
from apps.core.filters import KnownParametersFilter
from apps.core.permissions import IsOwnerOrAdmin
from apps.core.reads import PublicListMixin
from apps.core.serializers import validated

from ... import selectors, services
from ...namespaces import CATALOG
from ..serializers import ReviewInput, ReviewOutput


@extend_schema(tags=["reviews"])
class ProductReviewViewSet(PublicListMixin, viewsets.GenericViewSet):
    """The reviews of a product: anyone reads them, each user writes one."""

    cache_namespace = CATALOG
    serializer_class = ReviewOutput
    permission_classes = [IsAuthenticatedOrReadOnly]
    filter_backends = [KnownParametersFilter]

    def get_queryset(self):
        return selectors.review_rows(product_slug=self.kwargs["product_slug"])

    def rows(self, page: list[dict]) -> list[dict]:
        return selectors.review_rows_complete(rows=page)

    @extend_schema(request=ReviewInput, responses={201: ReviewOutput})
    def create(self, request: Request, version: str, product_slug: str) -> Response:
        review = services.review_create(
            product_slug=product_slug,
            author=caller(request),
            **validated(ReviewInput, request),
        )
        return _shown(review, status.HTTP_201_CREATED)


@extend_schema(tags=["reviews"])
class ReviewViewSet(viewsets.GenericViewSet):
    """One's own review; administrators may change and delete any."""

    queryset = selectors.review_list()
    serializer_class = ReviewOutput
    permission_classes = [IsOwnerOrAdmin]
    owner_field = "author"
    pagination_class = None
    lookup_value_converter = "int"

    @extend_schema(request=ReviewInput)
    def partial_update(self, request: Request, version: str, pk: int) -> Response:
        changes = validated(ReviewInput, request, partial=True)
        return _shown(services.review_update(review=self.get_object(), **changes))

    def destroy(self, request: Request, version: str, pk: int) -> Response:
        services.review_delete(review=self.get_object())
        return Response(status=status.HTTP_204_NO_CONTENT)


def _shown(review, status_code: int = status.HTTP_200_OK) -> Response:
    return Response(selectors.review_row(review=review), status=status_code)
