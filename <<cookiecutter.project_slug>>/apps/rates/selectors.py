"""Exchange rates as rows."""

from django.db.models import QuerySet

from .models import ExchangeRate


# % if cookiecutter.use_graphql
def rates_of_bases(*, bases: set[str]) -> QuerySet:
    return rate_rows().filter(base__in=bases)


# % endif
def rate_rows() -> QuerySet:
    return ExchangeRate.objects.order_by("base", "currency").values(
        "base", "currency", "rate", "day", "updated_at"
    )
