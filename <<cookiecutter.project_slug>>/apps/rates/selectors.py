"""Exchange rates as rows."""

from django.db.models import QuerySet

from .models import ExchangeRate


def rate_rows() -> QuerySet:
    return ExchangeRate.objects.order_by("base", "currency").values(
        "base", "currency", "rate", "day", "updated_at"
    )
