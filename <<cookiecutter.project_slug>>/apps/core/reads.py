"""The fast way to read: plain rows, an ETag, and a cache for all who see the same.

A view that uses it says three things:

    class BookViewSet(PublicReadMixin, viewsets.GenericViewSet):
        cache_namespace = "books"         # whose generation its answers carry
        serializer_class = BookOutput     # a RowSerializer: what a row holds
        def get_queryset(self): ...       # rows: `.values(...)`, scoped to callers

Making model instances and running a serializer over them is most of what a list costs
in Django REST framework; a row is neither. Whatever writes that data calls
`generation_bump`, and the next read is fresh.
"""

import time
from collections.abc import Callable
from functools import lru_cache, partial
from hashlib import blake2b
from typing import cast

from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse, HttpResponseNotModified
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_etags, parse_http_date_safe
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.generics import GenericAPIView
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from . import policies
from .cache import generation_and, generation_time
from .errors import PreconditionFailed
from .filters import parameters_check
from .http import json_error
from .renderers import JSONRenderer

Rows = list[dict]

SHARED = "public, no-cache"
PERSONAL = "private, no-store"
# A time in whole seconds proves nothing about a change in the same second.
_MODIFIED_RESOLUTION_SECONDS = 2


class PublicListMixin(GenericAPIView):
    """`list` from rows, with ETag, Last-Modified and 304.

    Managers see more than the public does: their answers are never shared. `?fields=`
    leaves out what a client does not need.
    """

    cache_namespace: str
    # For the authentication class: a member's token need not be looked up.
    public_reads = True
    extra_parameters = ("fields",)

    def list(self, request, *args, **kwargs) -> HttpResponse:
        return self.answer(self._list)

    def rows(self, page: Rows) -> Rows:
        """Complete rows with what another query has to bring."""
        return page

    def answer(self, build: Callable[[], Response]) -> HttpResponse:
        """Answer a read from the cache, or else with what `build` returns."""
        if policies.is_manager(self.request.user):
            return self._built(build, shared=False)
        if not settings.READ_CACHE_SECONDS:
            return self._built(build)
        key = self._cache_key()
        if unchanged := self._unchanged(key):
            return unchanged
        began, entry = self._kept(key)
        if entry is None:
            return self._built(build, began=began, key=key)
        return self._repeated(*entry)

    def _unchanged(self, key: str) -> HttpResponse | None:
        """Return 304 where the client names the one answer that is kept.

        That is what such clients nearly always do, and the body stays where it is;
        whatever else they ask for is left to Django, which looks at all of it.
        """
        # Django's own request: the framework's hands every look on to it, slowly.
        meta = self.request._request.META
        asked = meta.get("HTTP_IF_NONE_MATCH")
        if asked is None or "HTTP_IF_MATCH" in meta:
            return None
        began, entry = self._kept(_etag_key(key))
        if entry is None or asked.removeprefix("W/") != entry[2]:
            return None
        response = HttpResponseNotModified(headers={"ETag": entry[2]})
        _describe(response, True, began)
        return response

    def _kept(self, key: str) -> tuple[str | None, tuple | None]:
        """Return the present generation, and what the cache holds that is of it."""
        began, entry = generation_and(self.cache_namespace, key)
        return began, entry if entry and entry[0] == began else None

    def _repeated(self, began: str, body: bytes, etag: str) -> HttpResponse:
        response = HttpResponse(body, content_type=JSONRenderer.media_type)
        _describe(response, True, began)
        return self._conditional(response, etag)

    def _built(
        self,
        build: Callable[[], Response],
        *,
        shared: bool = True,
        began: str | None = None,
        key: str | None = None,
    ) -> Response:
        response = build()
        _describe(response, shared, began)
        response.add_post_render_callback(partial(self._rendered, began, key))
        return response

    def _list(self) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(self._chosen(self.rows(page or [])))

    def _chosen(self, rows: Rows) -> Rows:
        asked = self.request.query_params.get("fields")
        if asked is None:
            return rows
        names = asked.split(",")
        known = cast(type[Serializer], self.get_serializer_class())().fields
        if unknown := [name for name in names if name not in known]:
            raise ValidationError({"fields": [f"There is no field {unknown[0]!r}."]})
        return [{name: row[name] for name in names} for row in rows]

    def _rendered(
        self, began: str | None, key: str | None, response: Response
    ) -> HttpResponse:
        etag = _etag(response.content)
        if began and key:
            entries = {
                _etag_key(key): (began, b"", etag),
                key: (began, response.content, etag),
            }
            cache.set_many(entries, timeout=settings.READ_CACHE_SECONDS)
        return self._conditional(response, etag)

    def _conditional(self, response: HttpResponse, etag: str) -> HttpResponse:
        response.headers["ETag"] = etag
        modified = parse_http_date_safe(response.headers.get("Last-Modified", ""))
        answer = get_conditional_response(self.request, etag, modified, response)
        answer = answer or response
        if answer.status_code == PreconditionFailed.status:
            return json_error(PreconditionFailed())
        return answer

    def _cache_key(self) -> str:
        request = self.request._request
        # Rows may hold addresses, which begin with scheme and host.
        called = (request.scheme, request.get_host(), request.path)
        address = repr((*called, request.META.get("QUERY_STRING"))).encode()
        digest = blake2b(address, digest_size=16).hexdigest()
        return f"read:{self.cache_namespace}:{digest}"


class PublicReadMixin(PublicListMixin):
    """`retrieve` as well, and what writes need: If-Match, and the new row as answer."""

    def retrieve(self, request, *args, **kwargs) -> HttpResponse:
        parameters_check(request, known=self.extra_parameters)
        return self.answer(lambda: Response(self.row()))

    def row(self) -> dict:
        """Return the row that the address names.

        Raises:
            NotFound: there is none that the caller may see.
        """
        key = {self.lookup_field: self.kwargs[self.lookup_field]}
        found = self._chosen(self.rows(list(self.get_queryset().filter(**key)[:1])))
        if not found:
            raise NotFound
        return found[0]

    def written(self, key: str, status: int = 200) -> Response:
        """Answer a write with what a read would now give, and its ETag."""
        self.kwargs[self.lookup_field] = key
        response = Response(self.row(), status=status)
        _describe(response, shared=False, began=None)
        response.add_post_render_callback(_mark)
        return response

    def precondition(self) -> Callable[[], None]:
        """Return what a service calls once the row is locked: If-Match, checked there.

        Raises (when called):
            PreconditionFailed: the row is not what the client saw.
        """
        return partial(self._check_unchanged, self.request.headers.get("If-Match"))

    def _check_unchanged(self, expected: str | None) -> None:
        if expected is None or expected.strip() == "*":
            return
        if _etag(JSONRenderer().render(self.row())) not in parse_etags(expected):
            raise PreconditionFailed()


def _describe(response: HttpResponse, shared: bool, began: str | None) -> None:
    response.headers["Cache-Control"] = SHARED if shared else PERSONAL
    response.headers["Vary"] = "Authorization"
    if began is None:
        return
    seconds, date = _modified(began)
    if time.time() - seconds >= _MODIFIED_RESOLUTION_SECONDS:
        response.headers["Last-Modified"] = date


@lru_cache(maxsize=1024)
def _modified(began: str) -> tuple[float, str]:
    """Return when a generation began, in seconds and for a header."""
    seconds = generation_time(began)
    return seconds, http_date(seconds)


def _mark(response: Response) -> None:
    response.headers["ETag"] = _etag(response.content)


def _etag_key(key: str) -> str:
    return f"{key}:etag"


def _etag(body: bytes) -> str:
    return f'"{blake2b(body, digest_size=16).hexdigest()}"'
