"""Everything that writes the catalog."""

from .categories import category_create, category_delete, category_update
from .images import product_image_set
from .products import (
    product_create,
    product_delete,
    product_prices_set,
    product_update,
)
from .reviews import review_create, review_delete, review_update
from .seed import catalog_seed
from .stock import stock_return, stock_take

__all__ = [
    "catalog_seed",
    "category_create",
    "category_delete",
    "category_update",
    "product_create",
    "product_delete",
    "product_image_set",
    "product_prices_set",
    "product_update",
    "review_create",
    "review_delete",
    "review_update",
    "stock_return",
    "stock_take",
]
