"""Places in an ordered list: the rows beyond one, and the cursors that name one.

A list is ordered by columns of one direction, with the primary key as the last. The
database compares whole tuples, so an index on the columns answers any page, and equal
values cost nothing (https://use-the-index-luke.com/no-offset).
"""

from collections.abc import Sequence
from typing import cast

from django.core import signing
from django.db.models import F, Model, QuerySet
from django.db.models.fields.tuple_lookups import (
    Tuple,
    TupleGreaterThan,
    TupleLessThan,
)

_SIGNER = signing.Signer(salt="apps.core.pagination")


def ordering(queryset: QuerySet) -> tuple[list[str], bool]:
    """Return the columns that order the rows, and whether they go down."""
    # Expressions have no place in a cursor.
    terms = cast(
        Sequence[str], queryset.query.order_by or queryset.model._meta.ordering
    )
    columns = [term.removeprefix("-") for term in terms]
    return columns, terms[0].startswith("-")


def beyond(columns: list[str], place: list[str], descending: bool):
    """Return the condition for rows that come after a place."""
    lookup = TupleLessThan if descending else TupleGreaterThan
    return lookup(Tuple(*map(F, columns)), place)


def place(row: dict | Model, columns: list[str]) -> list[str]:
    """Return where a row stands. Completing it for show may take columns away."""
    if isinstance(row, dict):
        return [str(row[column]) for column in columns]
    return [str(getattr(row, column)) for column in columns]


def cursor_sign(columns: list[str], place: list[str], backwards: bool = False) -> str:
    return _SIGNER.sign_object([columns, place, backwards])


def cursor_read(cursor: str, columns: list[str]) -> tuple[list[str], bool] | None:
    """Return place and direction; None when it is not ours or of another ordering."""
    try:
        signed, place, backwards = _SIGNER.unsign_object(cursor)
    except (signing.BadSignature, ValueError):
        return None
    return (place, backwards) if signed == columns else None
