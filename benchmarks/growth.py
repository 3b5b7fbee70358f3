"""How the time of a read grows with the table: one client, databases side by side."""

from collections.abc import Callable
from urllib.parse import urlsplit

import requests

from . import load

SECONDS = 1
PATH = "api/v1/products/"
# By what each is called in the report. Pages of 10 where a thousand products do not
# hold 50 that match, so that every size answers with as many rows.
QUERIES = {
    "list, newest first": "page_size=50",
    "deep cursor page": "page_size=50&cursor={deep}",
    "is_active": "page_size=50&is_active=true",
    "price_min": "page_size=10&price_min=500",
    "price_max": "page_size=10&price_max=500",
    "price_min and price_max": "page_size=10&price_min=500&price_max=600",
    "min_rating": "page_size=10&min_rating=4.5",
    "category, a branch": "page_size=10&category=toys",
    "category, a twig": "page_size=10&category=luxury-toys",
    "tags, one": "page_size=10&tags=vegan",
    "tags, two": "page_size=5&tags=vegan,gift",
    "in_stock=true": "page_size=10&in_stock=true",
    "in_stock=false": "page_size=10&in_stock=false",
    **{
        f"ordering={sign}{name}": f"page_size=50&ordering={sign}{name}"
        for name in ("created_at", "name", "price", "rating")
        for sign in ("", "-")
    },
    "search, common words": "page_size=5&search=bamboo%20lamp",
    "search, a rare word": "page_size=5&search=777",
}


def measure(
    session: requests.Session,
    urls: dict[int, str],
    *,
    rounds: int,
    progress: Callable[[str], None],
) -> dict[str, dict[int, list[float]]]:
    """Return each query's p50 in seconds in each round, by the number of products.

    Raises:
        LoadError: a size answers with fewer rows than another, which is less work.
    """
    headers = {"Authorization": session.headers["Authorization"]}
    p50s = {}
    for label, query in QUERIES.items():
        addresses = {
            size: f"{url}/{PATH}?{query.format(deep=_deep(session, url))}"
            for size, url in urls.items()
        }
        rows = {size: _rows(session, url) for size, url in addresses.items()}
        if len(set(rows.values())) > 1 or not min(rows.values()):
            raise load.LoadError(f"{label}: {rows} rows by number of products")
        p50s[label] = {size: [] for size in urls}
        for _ in range(rounds):
            for size, url in addresses.items():
                request = load.Request(url, headers)
                found = load.run(request, seconds=SECONDS, connections=1)
                p50s[label][size].append(found.p50)
        progress(label)
    return p50s


def _deep(session: requests.Session, url: str) -> str:
    """Return a cursor near the end of the list, newest first.

    A cursor is a place among the columns of an ordering, so one that was found from
    the oldest upwards serves for the way down as well.
    """
    oldest = f"{url}/{PATH}?ordering=created_at&page_size=100"
    found = session.get(oldest, timeout=30).json()["next"]
    return urlsplit(found).query.partition("cursor=")[2].partition("&")[0]


def _rows(session: requests.Session, url: str) -> int:
    # More than once, so that every worker has seen it before it counts.
    answers = [session.get(url, timeout=60).json() for _ in range(8)]
    return len(answers[0]["results"])
