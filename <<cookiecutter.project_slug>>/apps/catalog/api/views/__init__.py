"""The catalog: anyone reads, managers write, members review."""

from .categories import CategoryViewSet
from .products import ProductViewSet
from .reviews import ProductReviewViewSet, ReviewViewSet
from .tags import TagViewSet

__all__ = [
    "CategoryViewSet",
    "ProductReviewViewSet",
    "ProductViewSet",
    "ReviewViewSet",
    "TagViewSet",
]
