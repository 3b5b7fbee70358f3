"""The same thing looks the same on every way out: rows, single, written, cached."""

import json
import re

import pytest
from django.db import transaction

from apps.catalog.tests.factories import picture, upload

from .examples import address, body
from .test_closed_by_default import ROUTES

MONEY = {"price", "unit_price", "amount", "total", "revenue", "running_total"}
MONEY_FORMAT = re.compile(r"\d+\.\d\d")
TIME_FORMAT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
# What may differ: a write is later than a read.
LATER = {"updated_at"}


def decoded(response):
    """Return the body; a number that is not whole fails, since money might be one."""
    return json.loads(response.content, parse_float=lambda text: pytest.fail(text))


def leaves(value, name: str = ""):
    if isinstance(value, dict):
        for key, below in value.items():
            yield from leaves(below, key)
    elif isinstance(value, list):
        for below in value:
            yield from leaves(below, name)
    else:
        yield name, value


def api_calls():
    return [row[:2] for row in ROUTES if row[2].startswith("/api/v1/")]


@pytest.mark.parametrize("version", ["v1", "v2"])
def test_no_answer_holds_a_float(clients, owner, world, settings, version):
    settings.TIME_ZONE = "Africa/Nairobi"
    seen = set()
    for method, name in api_calls():
        if name == "schema-of-version":
            continue
        url = address(name, world).replace("/v1/", f"/{version}/")
        kind = {"format": "multipart"} if name == "product-image" else {}
        with transaction.atomic():
            call = getattr(clients[-1], method)
            response = call(url, data=body(method, name, owner), **kind)
            transaction.set_rollback(True)
        if not response.getvalue() or response.streaming:
            continue
        for field, value in leaves(decoded(response)):
            if field in MONEY:
                assert MONEY_FORMAT.fullmatch(value), (name, field, value)
            if field.endswith("_at") and value is not None:
                assert TIME_FORMAT.fullmatch(value), (name, field, value)
            seen.add(field)

    # Version 2 has the price in an object: its amount.
    assert MONEY - seen == (set() if version == "v1" else {"price"})


def same(*answers: dict) -> None:
    first, *others = answers
    for other in others:
        assert list(other) == list(first)
        assert {**other, **dict.fromkeys(LATER)} == {**first, **dict.fromkeys(LATER)}


@pytest.mark.parametrize("version", ["v1", "v2"])
def test_a_product(clients, world, version):
    nobody, *_, manager, _ = clients
    url = f"/api/{version}/products/"
    product = {"sku": "X", "name": "New", "price": "9.90", "category": "home"}
    created = decoded(manager.post(url, product))
    put = decoded(manager.put(f"{url}new/", product))
    patched = decoded(manager.patch(f"{url}new/", {}))
    managers = decoded(manager.get(f"{url}new/"))
    fresh, cached = (decoded(nobody.get(f"{url}new/")) for _ in range(2))

    same(created, put, patched, managers, fresh, cached)

    image = {"image": upload(picture())}
    pictured = decoded(manager.put(f"{url}new/image/", image, format="multipart"))
    same(pictured, decoded(nobody.get(f"{url}new/")))
    assert pictured["image"].startswith("http://testserver/")
    del pictured["description"]
    for query in (
        "",
        "",
        "?page=1",
        "?search=new",
        "?ordering=price",
        "?category=home",
    ):
        listed = decoded(nobody.get(url + query))["results"]
        [row] = [row for row in listed if row["slug"] == "new"]
        assert row == pictured


def test_an_order(clients, world):
    _, member, _, manager, _ = clients
    url = "/api/v1/orders/"
    lines = {"lines": [{"product": "lamp", "quantity": 2}]}
    headers = {"Idempotency-Key": "k"}
    created = decoded(member.post(url, lines, headers=headers))
    repeated = decoded(member.post(url, lines, headers=headers))
    one = f"{url}{created['reference']}/"

    same(created, repeated, decoded(member.get(one)), decoded(manager.get(one)))
    same(created, decoded(member.get(url))["results"][0])
    same(created, decoded(member.get(f"{url}?page=1"))["results"][0])
    paid = decoded(manager.post(f"{one}status/", {"status": "paid"}))
    same(paid, {**created, "status": "paid"}, decoded(member.get(one)))
    cancelled = decoded(member.post(f"{one}cancel/"))
    same(cancelled, {**created, "status": "cancelled"}, decoded(manager.get(one)))


def test_a_review(clients, world):
    nobody, member, *_ = clients
    url = "/api/v1/products/lamp/reviews/"
    created = decoded(member.post(url, {"rating": 5, "text": "Bright."}))
    listed = [decoded(nobody.get(url))["results"][0] for _ in range(2)]
    patched = decoded(member.patch(f"/api/v1/reviews/{created['id']}/", {"rating": 5}))

    same(created, *listed, patched)


def test_a_category(clients, world):
    nobody, *_, manager, _ = clients
    url = "/api/v1/categories/"
    created = decoded(manager.post(url, {"name": "New", "parent": "home"}))
    patched = decoded(manager.patch(f"{url}new/", {}))
    read = [decoded(nobody.get(f"{url}new/")) for _ in range(2)]

    same(created, patched, *read)
