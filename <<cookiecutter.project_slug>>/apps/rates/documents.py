"""Reading what the source sends: `{"base": "EUR", "date": ..., "rates": {...}}`."""

import json
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeGuard

from .errors import SourceUnusable
from .models import DECIMAL_PLACES, MAX_DIGITS

CODE = r"[A-Z]{3}"  # ISO 4217
_CODE = re.compile(CODE)
# No sign, no NaN, no exponent that takes minutes to write out.
_NUMBER = re.compile(r"[0-9]{1,50}(\.[0-9]{1,50})?([eE][+-]?[0-9]{1,3})?")
_STEP = Decimal(1).scaleb(-DECIMAL_PLACES)
_LIMIT = Decimal(10) ** (MAX_DIGITS - DECIMAL_PLACES)


@dataclass(frozen=True)
class Document:
    """Rates by currency, and by name what is wrong with the others."""

    base: str
    day: date
    rates: dict[str, Decimal]
    invalid: dict[str, str]


def document_read(*, body: bytes) -> Document:
    """Return what a body says.

    Raises:
        SourceUnusable: it is no such document, or has not one rate that makes sense.
    """
    document = _json(body)
    base, listed = document.get("base"), document.get("rates")
    if not _is_code(base):
        raise SourceUnusable("`base` is not the code of a currency.")
    if not isinstance(listed, dict):
        raise SourceUnusable("`rates` is not an object.")
    read = {code: _rate(code, value) for code, value in listed.items()}
    rates = {code: rate for code, rate in read.items() if isinstance(rate, Decimal)}
    if not rates:
        raise SourceUnusable("`rates` has not one rate that makes sense.")
    invalid = {code: rate for code, rate in read.items() if isinstance(rate, str)}
    return Document(base, _day(document.get("date")), rates, invalid)


def _json(body: bytes) -> dict:
    try:
        # Numbers stay as they are written until each is looked at: a float would
        # change them, and a single bad one would spoil all the others.
        document = json.loads(body, parse_float=str, parse_int=str)
    except (ValueError, RecursionError):
        raise SourceUnusable("The source sends no JSON.") from None
    if not isinstance(document, dict):
        raise SourceUnusable("The source sends no JSON object.")
    return document


def _is_code(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and _CODE.fullmatch(value) is not None


def _day(value: object) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise SourceUnusable("`date` is not a day.") from None


def _rate(code: str, value: object) -> Decimal | str:
    """Return the rate as it will be stored, or what is wrong with it."""
    if not _is_code(code):
        return "not the code of a currency"
    if not isinstance(value, str) or not _NUMBER.fullmatch(value):
        return "not a positive number"
    rate = Decimal(value)
    if rate >= _LIMIT:
        return "too large"
    rate = rate.quantize(_STEP)
    return rate if 0 < rate < _LIMIT else "zero, too small or too large"
