"""Every address of the project."""

from django.conf import settings
from django.conf.urls.static import static
from django.contrib import admin
from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularAPIView

from apps.core.docs import ReDocView, SwaggerUIView, redoc_script
from apps.core.health import live, ready
from apps.core.metrics import metrics
from apps.core.views import api_not_found, favicon
from config.pages import landing

admin.site.site_header = admin.site.site_title = settings.PROJECT_NAME

urlpatterns = [
    # They are tried in this order: first what is asked for most.
    path("api/<str:version>/", include("config.api")),
    path("", landing, name="landing"),
    path("favicon.ico", favicon),
    path("health/live/", live, name="health-live"),
    path("health/ready/", ready, name="health-ready"),
    path("metrics", metrics, name="metrics"),
    path("admin/", admin.site.urls),
    re_path(r"^api/docs/?$", SwaggerUIView.as_view(), name="swagger-ui"),
    path("api/redoc/", ReDocView.as_view(), name="redoc"),
    path("api/redoc/redoc.js", redoc_script, name="redoc-script"),
    path("api/schema/", SpectacularAPIView.as_view(), name="schema"),
    path(
        "api/<str:version>/schema/",
        SpectacularAPIView.as_view(),
        name="schema-of-version",
    ),
    # Django's own 404 page is HTML while DEBUG is on; an API answers JSON always.
    re_path(r"^api/", api_not_found),
    # % if cookiecutter.use_graphql
    path("", include("config.graphql")),
    # % endif
    # Uploads, while DEBUG is on; in production a proxy or a storage service has them.
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
]

handler400 = "apps.core.views.bad_request"
handler403 = "apps.core.views.permission_denied"
handler404 = "apps.core.views.not_found"
handler500 = "apps.core.views.server_error"
