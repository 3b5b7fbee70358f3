"""Pages of lists: by number for people, by cursor for programs; never unbounded."""

from django.core.paginator import InvalidPage, Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.response import Response
from rest_framework.utils.urls import remove_query_param, replace_query_param

from . import keyset

DEFAULT_PAGE_SIZE = 20
MAX_PAGE_SIZE = 100
# Counting every row of a large table costs more than the page itself.
MAX_COUNT = 10_000
FOREIGN_CURSOR = "Take it from a page of the same ordering, unchanged."

_NULLABLE_URI = {"type": "string", "format": "uri", "nullable": True}


def _parameter(name: str, description: str, **schema) -> dict:
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": description,
        "schema": schema,
    }


_PAGE_SIZE = _parameter(
    "page_size", "Rows a page.", type="integer", minimum=1, maximum=MAX_PAGE_SIZE
)
_PAGE = _parameter(
    "page", "A page by its number, with the count.", type="integer", minimum=1
)
_CURSOR = _parameter("cursor", "Taken from `next` or `previous`.", type="string")


def _page_size(request) -> int:
    asked = request.query_params.get("page_size")
    if asked is None:
        return DEFAULT_PAGE_SIZE
    return _whole_number("page_size", asked, maximum=MAX_PAGE_SIZE)


def _whole_number(name: str, text: str, *, maximum: int) -> int:
    # Length first: int() is slow for thousands of digits.
    if not text.isascii() or not text.isdigit() or len(text) > 10:
        raise ValidationError({name: ["A valid integer is required."]})
    if not 1 <= int(text) <= maximum:
        raise ValidationError({name: [f"Give a number from 1 to {maximum}."]})
    return int(text)


class _CappedPaginator(Paginator):
    """Counts no further than MAX_COUNT rows."""

    object_list: QuerySet

    @cached_property
    def count(self) -> int:
        return self.object_list.order_by()[:MAX_COUNT].count()


class _Pagination(BasePagination):
    def get_paginated_response(self, data: list) -> Response:
        return Response(self.envelope(data))

    def envelope(self, data: list) -> dict:
        raise NotImplementedError

    def get_paginated_response_schema(self, schema: dict) -> dict:
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {
                "next": _NULLABLE_URI,
                "previous": _NULLABLE_URI,
                "results": schema,
            },
        }


class PageNumberPagination(_Pagination):
    """`?page=2&page_size=50`, with the count of rows up to MAX_COUNT."""

    def paginate_queryset(self, queryset, request, view=None) -> list:
        self.url = request.build_absolute_uri()
        number = _whole_number(
            "page", request.query_params.get("page", "1"), maximum=MAX_COUNT
        )
        paginator = _CappedPaginator(queryset, _page_size(request))
        try:
            self.page = paginator.page(number)
        except InvalidPage as error:
            last = paginator.num_pages
            raise ValidationError(
                {"page": [f"There is no page {number}; the last one is {last}."]}
            ) from error
        return list(self.page)

    def envelope(self, data: list) -> dict:
        page = self.page
        return {
            "count": page.paginator.count,
            "next": self._link(page.number + 1) if page.has_next() else None,
            "previous": self._link(page.number - 1) if page.has_previous() else None,
            "results": data,
        }

    def _link(self, number: int) -> str:
        return replace_query_param(self.url, "page", number)

    def get_paginated_response_schema(self, schema: dict) -> dict:
        envelope = super().get_paginated_response_schema(schema)
        count = {"type": "integer", "description": f"At most {MAX_COUNT}."}
        return {
            **envelope,
            "required": ["count", *envelope["required"]],
            "properties": {"count": count, **envelope["properties"]},
        }

    def get_schema_operation_parameters(self, view) -> list[dict]:
        return [_PAGE, _PAGE_SIZE]


class CursorPagination(_Pagination):
    """`?cursor=...`: stable while rows are added, constant cost on any page.

    Goes by the queryset's own ordering, as `keyset` describes it; the rows, dicts or
    instances, hold those columns.
    """

    def paginate_queryset(self, queryset, request, view=None) -> list:
        self.url = request.build_absolute_uri()
        self.size = _page_size(request)
        self.columns, descending = keyset.ordering(queryset)
        cursor = request.query_params.get("cursor")
        place, backwards = self._decode(cursor) if cursor else (None, False)
        if backwards:
            descending = not descending
            queryset = queryset.reverse()
        if place:
            queryset = queryset.filter(keyset.beyond(self.columns, place, descending))
        rows = list(queryset[: self.size + 1])
        more = len(rows) > self.size
        rows = rows[: self.size]
        if backwards:
            rows.reverse()
        has_next = bool(rows) and (backwards or more)
        has_previous = bool(rows) and (more if backwards else bool(place))
        # At once: whoever completes the rows for show may take columns out of them.
        self.next = self._link(rows[-1], False) if has_next else None
        self.previous = self._link(rows[0], True) if has_previous else None
        return rows

    def envelope(self, data: list) -> dict:
        return {"next": self.next, "previous": self.previous, "results": data}

    def _link(self, row, backwards: bool) -> str:
        place = keyset.place(row, self.columns)
        cursor = keyset.cursor_sign(self.columns, place, backwards)
        return replace_query_param(
            remove_query_param(self.url, "page"), "cursor", cursor
        )

    def _decode(self, cursor: str) -> tuple[list[str], bool]:
        found = keyset.cursor_read(cursor, self.columns)
        if found is None:
            raise ValidationError({"cursor": [FOREIGN_CURSOR]})
        return found

    def get_schema_operation_parameters(self, view) -> list[dict]:
        return [_CURSOR, _PAGE_SIZE]


class CursorOrPagePagination(BasePagination):
    """By cursor; by number, with the count, for those who ask with `?page=`."""

    def paginate_queryset(self, queryset, request, view=None) -> list:
        by_number = "page" in request.query_params
        if by_number and "cursor" in request.query_params:
            raise ValidationError({"cursor": ["Give a page or a cursor, not both."]})
        self.style = PageNumberPagination() if by_number else CursorPagination()
        return self.style.paginate_queryset(queryset, request, view)

    def get_paginated_response(self, data: list) -> Response:
        return self.style.get_paginated_response(data)

    def get_paginated_response_schema(self, schema: dict) -> dict:
        envelope = PageNumberPagination().get_paginated_response_schema(schema)
        return {**envelope, "required": envelope["required"][1:]}

    def get_schema_operation_parameters(self, view) -> list[dict]:
        return [_CURSOR, _PAGE, _PAGE_SIZE]
