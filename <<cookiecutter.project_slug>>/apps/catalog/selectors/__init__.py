"""Reads of the catalog, as plain rows."""

from .categories import (
    category_branch,
    category_rows,
    category_rows_complete,
    category_tree,
)
from .products import (
    catalog_counts,
    product_rows,
    product_rows_complete,
    product_rows_with_tags,
    product_search,
    product_with_tags,
    tag_rows,
)
from .reviews import review_list, review_row, review_rows, review_rows_complete

__all__ = [
    "catalog_counts",
    "category_branch",
    "category_rows",
    "category_rows_complete",
    "category_tree",
    "product_rows",
    "product_rows_complete",
    "product_rows_with_tags",
    "product_search",
    "product_with_tags",
    "review_list",
    "review_row",
    "review_rows",
    "review_rows_complete",
    "tag_rows",
]
