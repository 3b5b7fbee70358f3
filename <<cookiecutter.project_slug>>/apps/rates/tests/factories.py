"""Exchange rates for tests."""

from datetime import date
from decimal import Decimal
from itertools import product
from string import ascii_uppercase

import factory

from apps.rates.models import ExchangeRate, RateSource

CODES = ["".join(letters) for letters in product(ascii_uppercase, repeat=3)]


class ExchangeRateFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ExchangeRate

    base = "EUR"
    currency = factory.Sequence(CODES.__getitem__)
    rate = Decimal("1.08")
    day = date(2026, 11, 24)


class RateSourceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RateSource

    fingerprint = factory.Sequence("{:032x}".format)
    host = "rates.example.com"
