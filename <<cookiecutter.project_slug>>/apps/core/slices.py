"""Parts of ordered lists: of one, or of one for every parent in the same query."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass

from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber

from . import keyset
from .errors import InvalidInput
from .pagination import DEFAULT_PAGE_SIZE, FOREIGN_CURSOR, MAX_PAGE_SIZE

# Where a row stands, as columns and values: what a cursor is made of.
PLACE = "_place"
_NUMBER = "_number"


@dataclass
class Page:
    """Some rows of a list, and whether there are others on either side."""

    rows: list[dict]
    has_next_page: bool = False
    has_previous_page: bool = False

    @property
    def start_cursor(self) -> str | None:
        return cursor(self.rows[0]) if self.rows else None

    @property
    def end_cursor(self) -> str | None:
        return cursor(self.rows[-1]) if self.rows else None


def cursor(row: dict) -> str:
    """Return the cursor of a row that a slice brought."""
    return keyset.cursor_sign(*row[PLACE])


@dataclass(frozen=True)
class Slice:
    """The `first` rows `after` a place, or the `last` ones `before` one.

    Raises (by `checked`):
        InvalidInput: a size out of range, or both sizes.
    """

    first: int | None = None
    last: int | None = None
    after: str | None = None
    before: str | None = None

    @property
    def size(self) -> int:
        sizes = (self.first, self.last)
        return next((size for size in sizes if size is not None), DEFAULT_PAGE_SIZE)

    def checked(self) -> "Slice":
        if self.first is not None and self.last is not None:
            raise InvalidInput(fields={"last": ["Give first or last, not both."]})
        if not 1 <= self.size <= MAX_PAGE_SIZE:
            name = "first" if self.last is None else "last"
            message = f"Give a number from 1 to {MAX_PAGE_SIZE}."
            raise InvalidInput(fields={name: [message]})
        return self

    def of(self, queryset: QuerySet) -> Page:
        """Return the page of a list (one query)."""
        part = _Part(self.checked(), queryset)
        return part.page(list(part.queryset[: self.size + 1]))

    def of_each(
        self,
        queryset: QuerySet,
        *,
        by: str,
        owners: Mapping[Hashable, Collection[Hashable]],
    ) -> dict[Hashable, Page]:
        """Return a page for each of many owners (one query for all of them).

        Args:
            by: the column that says whose a row is.
            owners: who has the rows of each of its values. The first rows of an owner
                are among the first ones of each value, so the database cuts by value.
        """
        queryset = queryset.filter(**{f"{by}__in": list(owners)})
        if len(everyone := _distinct(owners)) == 1:
            # Nothing to divide: the index brings the first rows and no others.
            return dict.fromkeys(everyone, self.of(queryset))
        part = _Part(self.checked(), queryset)
        number = Window(RowNumber(), partition_by=F(by), order_by=part.terms)
        rows = part.queryset.annotate(**{_NUMBER: number})
        groups: defaultdict[Hashable, list[dict]] = defaultdict(list)
        for row in rows.filter(**{f"{_NUMBER}__lte": self.size + 1}):
            for owner in owners[row[by]]:
                if len(groups[owner]) <= self.size:
                    groups[owner].append(row)
        return {owner: part.page(groups[owner]) for owner in everyone}


def _distinct(owners: Mapping) -> set:
    return {owner for several in owners.values() for owner in several}


class _Part:
    """A list narrowed to what lies between the cursors, in the order of reading."""

    def __init__(self, cut: Slice, queryset: QuerySet) -> None:
        self.cut = cut
        self.columns, descending = keyset.ordering(queryset)
        for name, down in (("after", descending), ("before", not descending)):
            if (cursor := getattr(cut, name)) is not None:
                place = self._place(name, cursor)
                queryset = queryset.filter(keyset.beyond(self.columns, place, down))
        self.backwards = cut.last is not None
        sign = "-" if descending != self.backwards else ""
        self.terms = [f"{sign}{column}" for column in self.columns]
        self.queryset = queryset.order_by(*self.terms)

    def page(self, rows: list[dict]) -> Page:
        more = len(rows) > self.cut.size
        rows = rows[: self.cut.size]
        if self.backwards:
            rows.reverse()
        for row in rows:
            row[PLACE] = (self.columns, keyset.place(row, self.columns))
        return Page(
            rows,
            has_next_page=self.cut.before is not None if self.backwards else more,
            has_previous_page=more if self.backwards else self.cut.after is not None,
        )

    def _place(self, name: str, cursor: str) -> list[str]:
        found = keyset.cursor_read(cursor, self.columns)
        if found is None:
            raise InvalidInput(fields={name: [FOREIGN_CURSOR]})
        return found[0]
