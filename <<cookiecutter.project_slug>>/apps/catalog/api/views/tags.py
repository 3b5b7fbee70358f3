from drf_spectacular.utils import extend_schema
from rest_framework import viewsets
from rest_framework.permissions import AllowAny

from apps.core.filters import KnownParametersFilter
from apps.core.reads import PublicReadMixin

from ... import selectors
from ...namespaces import CATALOG
from ..serializers import TagOutput


@extend_schema(tags=["catalog"])
class TagViewSet(PublicReadMixin, viewsets.GenericViewSet):
    """What products can be tagged with; tags are made in the admin."""

    cache_namespace = CATALOG
    serializer_class = TagOutput
    permission_classes = [AllowAny]
    filter_backends = [KnownParametersFilter]
    lookup_field = "slug"
    lookup_value_converter = "slug"

    def get_queryset(self):
        return selectors.tag_rows()
