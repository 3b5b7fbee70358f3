"""Routes of exchange rates, below /api/<version>/."""

from rest_framework.routers import SimpleRouter

from .views import RateViewSet

router = SimpleRouter(use_regex_path=False)
router.register("rates", RateViewSet, basename="rate")

urlpatterns = router.urls
