"""Routes of the catalog, below /api/<version>/."""

from rest_framework.routers import SimpleRouter

from . import views

router = SimpleRouter(use_regex_path=False)
router.register("categories", views.CategoryViewSet, basename="category")
router.register("products", views.ProductViewSet, basename="product")
router.register(
    "products/<slug:product_slug>/reviews",
    views.ProductReviewViewSet,
    basename="product-review",
)
router.register("reviews", views.ReviewViewSet, basename="review")
router.register("tags", views.TagViewSet, basename="tag")

urlpatterns = router.urls
