"""How the list of users can be narrowed."""

import django_filters

from ..models import User
from ..roles import BY_NAME


class UserFilter(django_filters.FilterSet):
    role = django_filters.ChoiceFilter(
        field_name="groups__name", choices=[(name, name) for name in BY_NAME]
    )
    verified = django_filters.BooleanFilter(
        field_name="email_verified_at", lookup_expr="isnull", exclude=True
    )
    created_at = django_filters.IsoDateTimeFromToRangeFilter()

    class Meta:
        model = User
        fields = ["is_active"]
