"""The money that prices may be in."""

from django.db import models


class Currency(models.TextChoices):
    """ISO 4217; all of them have two decimals."""

    EUR = "EUR"
    GHS = "GHS"
    KES = "KES"
    NGN = "NGN"
    USD = "USD"
    ZAR = "ZAR"
