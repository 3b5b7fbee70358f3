"""What is for sale, in third normal form."""

from .category import Category
from .product import Product, ProductTag, Tag
from .review import Review

__all__ = ["Category", "Product", "ProductTag", "Review", "Tag"]
