"""Exchange rates, and what is remembered of where they came from."""

from django.db import models
from django.db.models import Q

from apps.core.models import TimestampedModel

MAX_DIGITS = 20
DECIMAL_PLACES = 10
MAX_ETAG_LENGTH = 255


class ExchangeRate(TimestampedModel):
    """What one unit of `base` is worth in `currency`, as of a day."""

    # Whatever the source knows: what prices may be in is another question.
    base = models.CharField(max_length=3)
    currency = models.CharField(max_length=3)
    rate = models.DecimalField(max_digits=MAX_DIGITS, decimal_places=DECIMAL_PLACES)
    day = models.DateField()

    class Meta:
        ordering = ["base", "currency"]
        constraints = [
            models.UniqueConstraint(
                fields=["base", "currency"], name="exchange_rate_once_a_pair"
            ),
            models.CheckConstraint(
                condition=Q(rate__gt=0), name="exchange_rate_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.base}/{self.currency} {self.rate}"


class RateSource(TimestampedModel):
    """The last answer of one address that was stored as a whole."""

    # Of the address, which may hold a key that belongs into no table.
    fingerprint = models.CharField(max_length=32, unique=True)
    host = models.CharField(max_length=255)
    # Empty: the next answer is wanted whatever it is.
    etag = models.CharField(max_length=MAX_ETAG_LENGTH, blank=True)

    class Meta:
        ordering = ["host", "id"]

    def __str__(self) -> str:
        return self.host
