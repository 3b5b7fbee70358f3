"""The tree of categories: small, read by everyone, cached as a whole."""

from collections import defaultdict

from django.db.models import QuerySet

from apps.core.cache import generation, remember

from ..models import Category
from ..namespaces import CATEGORIES

TREE_SECONDS = 60 * 60


def category_tree() -> list[dict]:
    """Return the roots with their `children`, every level ordered by name."""
    children = category_children(category_cache())

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
    return [row["id"] for row in category_branch_rows(category_cache(), slug)]


def category_branch_rows(rows: list[dict], slug: str) -> list[dict]:
    """Return of these rows a category and all below it."""
    children = category_children(rows)
    found = [row for row in rows if row["slug"] == slug]
    # The list grows while it is walked: every level adds the next.
    for parent in found:
        found.extend(children[parent["id"]])
    return found


def category_rows() -> QuerySet:
    return Category.objects.values("id", "slug", "name", "parent__slug")


def category_rows_complete(*, rows: list[dict]) -> list[dict]:
    """Return rows of `category_rows`, ready to be shown."""
    for row in rows:
        del row["id"]
        row["parent"] = row.pop("parent__slug")
    return rows


def category_children(rows: list[dict]) -> dict[int | None, list[dict]]:
    children = defaultdict(list)
    for row in rows:
        children[row["parent_id"]].append(row)
    return children


def category_cache() -> list[dict]:
    """Return every category, ordered by name."""
    columns = ("id", "slug", "name", "parent_id")
    return remember(
        f"category-rows:{generation(CATEGORIES)}",
        lambda: list(Category.objects.order_by("name", "id").values(*columns)),
        timeout=TREE_SECONDS,
    )
