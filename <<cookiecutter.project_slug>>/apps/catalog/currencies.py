"""The money that prices may be in."""

from django.db import models


class Currency(models.TextChoices):
    """ISO 4217, as label too; all of them have two decimals."""

    EUR = "EUR", "EUR"
    GHS = "GHS", "GHS"
    KES = "KES", "KES"
    NGN = "NGN", "NGN"
    USD = "USD", "USD"
    ZAR = "ZAR", "ZAR"
