"""How the list of users can be narrowed."""

import django_filters

from apps.core.filters import BooleanFilter, MomentFilter

from ..roles import BY_NAME

USER_ORDERING = {"created_at": "created_at", "email": "email"}


class UserFilter(django_filters.FilterSet):
    role = django_filters.ChoiceFilter(
        field_name="groups__name", choices=[(name, name) for name in BY_NAME]
    )
    is_active = BooleanFilter()
    verified = BooleanFilter("email_verified_at", "isnull", exclude=True)
    created_after = MomentFilter("created_at", "gte")
    created_before = MomentFilter("created_at", "lte")
