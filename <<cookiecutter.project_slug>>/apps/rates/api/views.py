"""Exchange rates: anyone reads them."""

from drf_spectacular.utils import extend_schema
from rest_framework import viewsets
from rest_framework.permissions import AllowAny

from apps.core.filters import FilterSetBackend, KnownParametersFilter
from apps.core.reads import PublicListMixin

from .. import selectors
from ..namespaces import RATES
from .filters import RateFilter
from .serializers import RateOutput


@extend_schema(tags=["rates"])
class RateViewSet(PublicListMixin, viewsets.GenericViewSet):
    """The latest exchange rates that are known."""

    cache_namespace = RATES
    serializer_class = RateOutput
    permission_classes = [AllowAny]
    filter_backends = [KnownParametersFilter, FilterSetBackend]
    filterset_class = RateFilter

    def get_queryset(self):
        return selectors.rate_rows()
