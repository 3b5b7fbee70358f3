"""Relay connections over slices of rows: narrowed, ordered and cut as REST's lists."""

from collections.abc import Callable, Collection, Hashable, Mapping
from functools import cache
from typing import Any

import django_filters
import graphene
from django.db.models import QuerySet

from apps.core import filters
from apps.core.errors import InvalidInput
from apps.core.pagination import DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE
from apps.core.slices import Page, Slice, cursor

from .fields import choice_type, plain
from .rows import BATCH, NodeRow, same_row
from .scalars import DateTime, Decimal

_SIZE = f"From 1 to {MAX_PAGE_SIZE}; {DEFAULT_PAGE_SIZE} unless told."
_CUTS = ("first", "after", "last", "before")
_TYPES = (
    (django_filters.NumberFilter, Decimal),
    (django_filters.IsoDateTimeFilter, DateTime),
    (filters.BooleanFilter, graphene.Boolean),
)
Owners = Mapping[Any, Collection[Hashable]]


class _Edge:
    """Its value is the row itself."""

    resolve_node = staticmethod(same_row)

    @staticmethod
    def resolve_cursor(row: dict, info) -> str:
        return cursor(row)


class _Connection(graphene.relay.Connection):
    class Meta:
        abstract = True

    def resolve_edges(page: Page, info) -> list[dict]:
        return page.rows

    def resolve_page_info(page: Page, info) -> Page:
        return page


class ConnectionField(graphene.Field):
    """A field whose resolver returns `page` or `page_of_each` of its arguments."""

    def __init__(self, node_type: type[NodeRow], **options) -> None:
        super().__init__(
            # mypy takes no class for hashable.
            connection_type(node_type),  # type: ignore[arg-type]
            first=graphene.Int(description=_SIZE),
            after=graphene.String(),
            last=graphene.Int(description=_SIZE),
            before=graphene.String(),
            **_filter_arguments(node_type),
            **_ordering_argument(node_type),
            required=True,
            **options,
        )


@cache
def connection_type(node_type: type[NodeRow]) -> type[graphene.relay.Connection]:
    name = f"{node_type._meta.name}Connection"
    meta = type("Meta", (), {"node": node_type, "name": name, "strict_types": True})
    return type(name, (_Connection,), {"Meta": meta, "Edge": _Edge})


def page(
    info, node_type: type[NodeRow], rows: QuerySet, arguments: Mapping[str, object]
) -> Page:
    """Return the part of a list that a field asks for, complete."""
    found = _cut(arguments).of(_narrowed(node_type, rows, arguments))
    node_type.batch(node_type.complete(info, found.rows))
    return found


def page_of_each(
    row: dict,
    info,
    node_type: type[NodeRow],
    arguments: Mapping[str, object],
    *,
    rows: Callable[[], QuerySet],
    by: str,
    owner: str,
    owners: Callable[[list], Owners] | None = None,
) -> Page:
    """Return a row's own part of a list; it is read for the whole batch at once.

    Args:
        by: the column of `rows` that says whose they are.
        owner: the column that names a row of the batch there.
        owners: who of those has the rows of each value of `by`; each its own unless
            told.
    """

    def read(batch: list[dict]) -> dict[Hashable, Page]:
        named = [one[owner] for one in batch]
        pages = _cut(arguments).of_each(
            _narrowed(node_type, rows(), arguments),
            by=by,
            owners=owners(named) if owners else {name: [name] for name in named},
        )
        distinct = {id(one): one for page in pages.values() for one in page.rows}
        node_type.batch(node_type.complete(info, list(distinct.values())))
        return pages

    key = (info.field_name, frozenset(arguments.items()))
    return row[BATCH].once(key, read).get(row[owner]) or Page([])


def _cut(arguments: Mapping[str, Any]) -> Slice:
    return Slice(**{name: arguments.get(name) for name in _CUTS})


def _narrowed(
    node_type: type[NodeRow], rows: QuerySet, arguments: Mapping[str, object]
) -> QuerySet:
    given = {name: plain(one) for name, one in arguments.items() if one is not None}
    asked = given.get("order_by") or filters.range_ordering(node_type.ranges, given)
    if asked is not None:
        rows = filters.ordered(rows, node_type.ordering, asked)
    return _filtered(node_type.filterset, rows, given)


def _filtered(filterset, rows: QuerySet, given: Mapping[str, object]) -> QuerySet:
    names = filterset.base_filters.keys() & given.keys() if filterset else ()
    if not names:
        return rows
    narrowed = filterset({name: _text(given[name]) for name in names}, queryset=rows)
    if not narrowed.is_valid():
        raise InvalidInput(fields=narrowed.errors)
    return narrowed.qs


def _text(value) -> str:
    """Write a value as it would stand in an address, where filter sets read it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _filter_arguments(node_type: type[NodeRow]) -> dict[str, graphene.Argument]:
    filterset = node_type.filterset
    return {
        name: graphene.Argument(
            _argument_type(one), description=one.extra.get("help_text")
        )
        for name, one in (filterset.base_filters if filterset else {}).items()
    }


def _argument_type(one: django_filters.Filter) -> type:
    if isinstance(one, django_filters.ChoiceFilter):
        return choice_type(value for value, _ in one.extra["choices"])
    kinds = (found for kind, found in _TYPES if isinstance(one, kind))
    return next(kinds, graphene.String)


def _ordering_argument(node_type: type[NodeRow]) -> dict[str, graphene.Argument]:
    if not node_type.ordering:
        return {}
    name = f"{node_type._meta.name}Order"
    return {"order_by": graphene.Argument(_ordering_enum(name, *node_type.ordering))}


@cache
def _ordering_enum(name: str, *columns: str) -> type[graphene.Enum]:
    members = [
        (f"{column.upper()}{suffix}", f"{sign}{column}")
        for column in columns
        for sign, suffix in (("", ""), ("-", "_DESC"))
    ]
    return graphene.Enum(name, members)
