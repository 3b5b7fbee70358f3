"""The REST API: the apps' routes, put together; they are tried in this order."""

from django.urls import include, path

urlpatterns = [
    # % if cookiecutter.use_example
    path("", include("apps.catalog.api.urls")),
    path("", include("apps.orders.api.urls")),
    # % endif
    # % if cookiecutter.use_celery and cookiecutter.use_example
    path("", include("apps.exports.api.urls")),
    # % endif
    # % if cookiecutter.use_celery
    path("", include("apps.rates.api.urls")),
    # % endif
    path("", include("apps.accounts.api.urls")),
]
