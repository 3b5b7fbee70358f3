"""Pages of lists: by number for people, by cursor for programs; never unbounded."""

from rest_framework import pagination

DEFAULT_PAGE_SIZE = 20
MAX_PAGE_SIZE = 100


class PageNumberPagination(pagination.PageNumberPagination):
    """`?page=2&page_size=50`, with the total count."""

    page_size = DEFAULT_PAGE_SIZE
    max_page_size = MAX_PAGE_SIZE
    page_size_query_param = "page_size"


class CursorPagination(pagination.CursorPagination):
    """`?cursor=...`: stable while rows are added, constant cost on any page."""

    page_size = DEFAULT_PAGE_SIZE
    max_page_size = MAX_PAGE_SIZE
    page_size_query_param = "page_size"
    ordering = ("-created_at", "-pk")
