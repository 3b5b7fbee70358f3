"""What is asked of whom: the kinds of request, and the peers that answer each."""

from dataclasses import dataclass
from datetime import datetime

import requests

from .load import CONNECTIONS, LoadError

LIST = "products/?page_size=50"
# Twelve products, of the category of each twelve, and of each of those twelve reviews.
NESTED = """{
  products(first: 12) { edges { node { name category { name
    products(first: 12) { edges { node { name price
      reviews(first: 12) { edges { node { rating text author { fullName } } } }
    } } }
  } } } }
}"""
FLAT = """{
  products(first: 50) { edges { node {
    sku slug name price currency stock rating ratingCount createdAt
    category { slug name } tags { slug }
  } } }
}"""


@dataclass(frozen=True)
class Peer:
    """One way to write the API: which server it runs in, and under which prefix."""

    title: str
    server: str
    prefix: str = "api/v1"


@dataclass(frozen=True)
class Work:
    """One kind of request, and the peers that are measured with it.

    `kind` is get, conditional (a GET that gets 304 where the peer knows how) or post.
    `path` is below the peer's prefix unless it starts with a slash; `query` is GraphQL.
    Ratios are to the peer `baseline`.
    """

    title: str
    peers: tuple[str, ...]
    path: str = LIST
    kind: str = "get"
    connections: int = CONNECTIONS
    query: str = ""
    baseline: str = "b"


PEERS = {
    "nexus": Peer("the baked project", "nexus"),
    "cached": Peer("the baked project, cached", "cached"),
    "no-log": Peer("without its log line", "no-log"),
    "no-headers": Peer("without security headers", "no-headers"),
    "no-sessions": Peer("without sessions, CSRF, messages", "no-sessions"),
    "no-limits": Peer("without rate limits", "no-limits"),
    "no-parts": Peer("without all four", "no-parts"),
    "nothing": Peer("a bare view that says 304", "bare", "api/nothing"),
    "b": Peer("Django REST framework", "drf"),
    "b2": Peer("the same, CONN_MAX_AGE=60", "drf-persistent"),
    "ninja": Peer("Django Ninja, same good practice", "ninja"),
    "fastapi": Peer("FastAPI, SQLAlchemy async", "fastapi"),
    "fastapi-stateless": Peer(
        "the same, user not looked up", "fastapi", "api/stateless"
    ),
    "bare": Peer("bare view, same SQL", "bare"),
    "bare-json": Peer("bare view, SQL builds the JSON", "bare", "api/json"),
    "graphene": Peer("plain graphene-django", "graphene"),
}
WORKS = {
    "list": Work(
        "List of 50 products, not cached",
        (
            "nexus",
            "b",
            "b2",
            "ninja",
            "fastapi",
            "fastapi-stateless",
            "bare",
            "bare-json",
        ),
    ),
    "detail": Work(
        "One product, not cached",
        ("nexus", "b", "b2", "ninja", "fastapi", "fastapi-stateless", "bare"),
        path="products/{slug}/",
    ),
    "cached": Work("The list again, from the cache", ("cached", "b", "b2")),
    "conditional": Work(
        "The list again, with If-None-Match", ("cached", "b", "b2"), kind="conditional"
    ),
    "parts": Work(
        "What a 304 is made of",
        (
            "cached",
            "no-log",
            "no-headers",
            "no-sessions",
            "no-limits",
            "no-parts",
            "nothing",
        ),
        kind="conditional",
        baseline="cached",
    ),
    # Few at a time: the password hash takes a hundred megabytes each.
    "login": Work(
        "Log-in",
        ("nexus", "b", "b2"),
        path="auth/login/",
        kind="post",
        connections=2,
    ),
    "order": Work("Placing an order", ("nexus", "b", "b2"), "orders/", kind="post"),
    "graphql": Work(
        "GraphQL, three levels of 12",
        ("nexus", "graphene"),
        path="/graphql",
        kind="post",
        # One of them may take the peer seconds.
        connections=1,
        query=NESTED,
        baseline="graphene",
    ),
    "graphql-list": Work(
        "GraphQL, list of 50 products",
        ("nexus", "graphene"),
        path="/graphql",
        kind="post",
        query=FLAT,
        baseline="graphene",
    ),
}


def check_bodies(session: requests.Session, work: Work, urls: dict[str, str]) -> None:
    """Compare what the peers answer, field by field, before anything is measured.

    Raises:
        LoadError: a peer leaves something out, adds something or shows it otherwise.
    """
    first, *others = ((name, _body(session, work, url)) for name, url in urls.items())
    for name, body in others:
        if difference := compare(first[1], body):
            raise LoadError(f"{work.title}: {first[0]} and {name} differ: {difference}")


def compare(first: dict, second: dict) -> str | None:
    """Name the first difference between two answers; None when there is none.

    Lists are compared by their `results`, as each peer pages in its own way. Times
    may be written with another offset (jsonb writes +00:00), money may not.
    """
    rows = [answer.get("results", [answer]) for answer in (first, second)]
    if len(rows[0]) != len(rows[1]):
        return f"{len(rows[0])} rows and {len(rows[1])}"
    for place, (one, other) in enumerate(zip(*rows, strict=True)):
        for name in one.keys() | other.keys():
            values = [
                _value(name, row.get(name, "no such field")) for row in (one, other)
            ]
            if values[0] != values[1] or type(values[0]) is not type(values[1]):
                return f"row {place}, {name}: {values[0]!r} and {values[1]!r}"
    return None


def _value(name: str, value):
    if name.endswith(("_at", "At")) and isinstance(value, str) and value[:1].isdigit():
        return datetime.fromisoformat(value)
    return value


def _body(session: requests.Session, work: Work, url: str) -> dict:
    if work.query:
        response = session.post(url, json={"query": work.query}, timeout=60)
    else:
        response = session.get(url, timeout=30)
    if response.status_code != 200 or "errors" in response.json():
        raise LoadError(f"{url}: {response.status_code} {response.text[:500]}")
    if not work.query:
        return response.json()
    edges = response.json()["data"]["products"]["edges"]
    return {"results": [edge["node"] for edge in edges]}
