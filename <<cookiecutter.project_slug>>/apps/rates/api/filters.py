"""How the list of exchange rates can be narrowed."""

import django_filters
from django import forms
from drf_spectacular.utils import extend_schema_field

from ..documents import CODE


@extend_schema_field({"type": "string", "pattern": f"^{CODE}$"})
class CodeFilter(django_filters.CharFilter):
    """The code of a currency; what is none is an error."""

    field_class = forms.RegexField

    def __init__(self, **kwargs) -> None:
        super().__init__(regex=rf"^{CODE}\Z", strip=False, **kwargs)


class RateFilter(django_filters.FilterSet):
    base = CodeFilter()
    currency = CodeFilter()
