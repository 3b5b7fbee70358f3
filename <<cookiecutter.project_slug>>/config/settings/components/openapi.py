"""OpenAPI 3 and the pages that show it, with assets served from here."""

from config.settings.components.project import (
    PROJECT_DESCRIPTION,
    PROJECT_NAME,
    PROJECT_VERSION,
)

# https://drf-spectacular.readthedocs.io/en/latest/settings.html
SPECTACULAR_SETTINGS = {
    "TITLE": PROJECT_NAME,
    "DESCRIPTION": PROJECT_DESCRIPTION,
    "VERSION": PROJECT_VERSION,
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SCHEMA_PATH_PREFIX": r"/api/v[0-9]+",
    "COMPONENT_SPLIT_REQUEST": True,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    # % if cookiecutter.use_celery and cookiecutter.use_example
    # Both are fields named `status`.
    "ENUM_NAME_OVERRIDES": {
        "StatusEnum": "apps.orders.models.OrderStatus",
        "ExportStatusEnum": "apps.exports.models.ExportStatus",
    },
    # % endif
}
