"""Routes of exports, below /api/<version>/."""

from rest_framework.routers import SimpleRouter

from . import views

router = SimpleRouter(use_regex_path=False)
router.register("exports", views.ExportViewSet, basename="export")

urlpatterns = router.urls
