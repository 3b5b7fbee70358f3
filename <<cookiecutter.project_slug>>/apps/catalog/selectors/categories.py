"""The tree of categories: small, read by everyone, cached as a whole."""

from collections import defaultdict

from django.db.models import QuerySet

from apps.core.cache import generation, remember

from ..models import Category
from ..namespaces import CATEGORIES

TREE_SECONDS = 60 * 60


def category_tree() -> list[dict]:
    """Return the roots with their `children`, every level ordered by name."""
    children = _children(_rows())

    def branch(parent: int | None) -> list[dict]:
        return [
            {
                "slug": row["slug"],
                "name": row["name"],
                "children": branch(row["id"]),
            }
            for row in children[parent]
        ]

    return branch(None)


def category_branch(*, slug: str) -> list[int]:
    """Return the ids of a category and all below it; empty when there is none such."""
    rows = _rows()
    children = _children(rows)
    found = [row["id"] for row in rows if row["slug"] == slug]
    # The list grows while it is walked: every level adds the next.
    for parent in found:
        found.extend(row["id"] for row in children[parent])
    return found


def category_rows() -> QuerySet:
    return Category.objects.values("slug", "name", "parent__slug")


def category_rows_complete(*, rows: list[dict]) -> list[dict]:
    """Return rows of `category_rows`, ready to be shown."""
    for row in rows:
        row["parent"] = row.pop("parent__slug")
    return rows


def _children(rows: list[dict]) -> dict[int | None, list[dict]]:
    children = defaultdict(list)
    for row in rows:
        children[row["parent_id"]].append(row)
    return children


def _rows() -> list[dict]:
    columns = ("id", "slug", "name", "parent_id")
    return remember(
        f"category-rows:{generation(CATEGORIES)}",
        lambda: list(Category.objects.order_by("name", "id").values(*columns)),
        timeout=TREE_SECONDS,
    )
