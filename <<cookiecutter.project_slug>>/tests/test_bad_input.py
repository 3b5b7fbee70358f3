"""What makes no sense is the caller's error: a 4xx in the one shape, never a 500.

Every route of the API that takes a body gets every broken body, and each of its
fields every wrong value; `examples.py` has the good ones.
"""

import json

import pytest
from django.conf import settings
from django.db import transaction

from .examples import address, body
from .test_closed_by_default import ROUTES

JSON = "application/json"
LARGE = b" " * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
# Body, media type, status, code.
BROKEN = {
    "cut off": (b'{"a": ', JSON, 400, "parse_error"),
    "not UTF-8": (b'{"a": "\xff"}', JSON, 400, "parse_error"),
    "too deep": (b'{"a": ' + b"[" * 100_000, JSON, 400, "parse_error"),
    "huge number": (b'{"a": ' + b"9" * 5_000 + b"}", JSON, 400, "parse_error"),
    "NaN": (b'{"a": NaN}', JSON, 400, "parse_error"),
    "Infinity": (b'{"a": -Infinity}', JSON, 400, "parse_error"),
    "a list": (b"[1, 2]", JSON, 400, "invalid"),
    "a text": (b'"text"', JSON, 400, "invalid"),
    "null": (b"null", JSON, 400, "null"),
    "large": (LARGE, JSON, 413, "payload_too_large"),
    "a form": (b"a=b", "application/x-www-form-urlencoded", 415, None),
    "a picture": (b"\x89PNG", "image/png", 415, None),
    "no type": (b"{}", "nonsense", 415, None),
}
WRONG = ["null", "-1", "1e400", str(2**63), "[]", "{}", '"NaN"']
WRONG += [r'"\u0000"', r'"\ud800"', json.dumps("x" * 10_000)]
TAKE_NO_JSON = {
    "auth-logout",
    "auth-logout-all",
    "order-cancel",
    "product-image",
    "export-cancel",
}
WRITES = sorted(
    (method, name)
    for method, name, _ in ROUTES
    if method in ("post", "put", "patch") and name not in TAKE_NO_JSON
)


def api(name: str, world) -> str:
    url = address(name, world)
    if not url.startswith("/api/"):
        pytest.skip("no part of the REST API")
    return url


def assert_refused(response, status: int = 400) -> list[dict]:
    """Check status and shape of an error; return what it says."""
    assert response.status_code == status, response.content[:300]
    assert response.headers["Content-Type"] == JSON
    shown = response.json()
    assert set(shown) == {"type", "errors"}
    assert all(set(error) == {"code", "detail", "attr"} for error in shown["errors"])
    return shown["errors"]


@pytest.mark.parametrize(("method", "name"), WRITES)
def test_a_broken_body(clients, world, method, name):
    url = api(name, world)

    for content, media_type, status, code in BROKEN.values():
        response = clients[-1].generic(method, url, content, content_type=media_type)
        errors = assert_refused(response, status)
        assert code is None or {error["code"] for error in errors} == {code}
    # By what the header says: nothing is read.
    large = {"content_type": JSON, "CONTENT_LENGTH": 50_000_000}
    assert_refused(clients[-1].generic(method, url, b"{}", **large), 413)


def fields(value, at: tuple = ()):
    """Yield where each value of a body stands."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, below in pairs:
        yield (*at, key)
        if isinstance(below, dict | list):
            yield from fields(below, (*at, key))


def spoilt(value, at: tuple):
    """Return a body with a mark in one place."""
    if not at:
        return "@"
    key, *rest = at
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[key] = spoilt(copy[key], tuple(rest))
    return copy


@pytest.mark.parametrize(("method", "name"), WRITES)
def test_a_wrong_value_is_named_or_makes_sense(clients, owner, world, method, name):
    """Some make sense: a name may be "NaN", a text may be long."""
    client, url, good = clients[-1], api(name, world), body(method, name, owner)
    client.raise_request_exception = False
    refused = 0
    for at in fields(good):
        text = json.dumps(spoilt(good, at))
        for wrong in WRONG:
            sent = text.replace('"@"', wrong)
            with transaction.atomic():
                response = client.generic(method, url, sent, content_type=JSON)
                transaction.set_rollback(True)
            if response.status_code < 400:
                continue
            refused += 1
            # Credentials that are well-formed and wrong.
            if response.status_code == 401:
                continue
            errors = assert_refused(response)
            assert {(error["attr"] or "").split(".")[0] for error in errors} == {at[0]}

    assert refused >= 5


@pytest.mark.parametrize("query", ["a=%00", "%00=a", "a=%ff", "a=%ed%a0%80"])
def test_a_query_that_is_no_text(clients, world, query):
    for name in {route for _, route, _ in ROUTES}:
        assert_refused(clients[-1].get(f"{address(name, world)}?{query}"))


# And whether it comes in pages.
LISTS = {
    "user-list": True,
    # % if cookiecutter.use_example
    "tag-list": True,
    "product-list": True,
    "product-review-list": True,
    "order-list": True,
    "category-list": False,
    "sales-report": False,
    # % endif
    # % if cookiecutter.use_celery and cookiecutter.use_example
    "export-list": True,
    # % endif
    # % if cookiecutter.use_celery
    "rate-list": True,
    # % endif
}


@pytest.mark.parametrize(
    ("query", "attr"),
    [
        ("colour=red", "colour"),
        ("ordering=password", "ordering"),
        ("page=2", "page"),
        ("page=0", "page"),
        (f"page={2**63}", "page"),
        ("page_size=1000000000", "page_size"),
        ("page_size=-1", "page_size"),
        ("cursor=forged", "cursor"),
        ("cursor=WyJpZCJd:forged", "cursor"),
        ("page=1&cursor=x", "cursor"),
    ],
)
def test_a_list_names_what_it_does_not_know(clients, world, query, attr):
    for name, in_pages in LISTS.items():
        errors = assert_refused(clients[-1].get(f"{address(name, world)}?{query}"))

        first = query.partition("=")[0]
        assert [error["attr"] for error in errors] == [attr if in_pages else first]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/%00/", 400),
        ("/api/v1/%ff/", 404),
        ("/api/v9/me/", 404),
        ("/api/v1/users/%ed%a0%80/", 404),
        ("/api/v1/users/" + "9" * 5_000 + "/", 404),
        # % if cookiecutter.use_example
        ("/api/v1/products/lamp%00/", 400),
        ("/api/v1/products/%ff/", 404),
        ("/api/v1/products/" + "x" * 5_000 + "/", 404),
        ("/api/v1/orders/not-a-uuid/", 404),
        # % endif
    ],
    ids=lambda value: str(value)[:40],
)
def test_an_address_that_is_none(clients, path, status):
    assert_refused(clients[-1].get(path), status)


def test_a_file_where_none_belongs(clients):
    response = clients[-1].patch("/api/v1/me/", {"full_name": "x"}, format="multipart")

    assert_refused(response, 415)
