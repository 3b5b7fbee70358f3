"""How the list of users can be narrowed."""

import django_filters
from django.db.models import QuerySet

from apps.core.filters import BooleanFilter, MomentFilter

from .. import selectors
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
    search = django_filters.CharFilter(
        method="with_words",
        max_length=200,
        help_text="Parts of the e-mail address and the name, all of them.",
    )

    def with_words(self, users: QuerySet, name: str, text: str) -> QuerySet:
        return selectors.user_search(users=users, text=text)
