"""Hosts, origins, cookies, security headers."""

from corsheaders.defaults import default_headers
from csp.constants import NONE, SELF

from config import env
from config.settings.components.storage import MEDIA_ORIGINS

ALLOWED_HOSTS = env.ALLOWED_HOSTS
CORS_ALLOWED_ORIGINS = env.CORS_ALLOWED_ORIGINS
# Where tokens speak and no cookie does: what pages of other origins may call.
TOKEN_URLS_REGEX = CORS_URLS_REGEX = r"^/api/"
CORS_ALLOW_HEADERS = [
    *default_headers,
    "if-match",
    "if-none-match",
    "x-request-id",
    # % if cookiecutter.use_example
    "idempotency-key",
    # % endif
]
CORS_EXPOSE_HEADERS = ["ETag", "X-Request-ID", "Retry-After"]
CSRF_TRUSTED_ORIGINS = env.CSRF_TRUSTED_ORIGINS
CSRF_FAILURE_VIEW = "apps.core.views.csrf_failure"

# JSON stays below Django's own DATA_UPLOAD_MAX_MEMORY_SIZE, files below this.
MAX_BODY_BYTES = 10 * 1024 * 1024

SESSION_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

# https://django-csp.readthedocs.io/en/latest/configuration.html
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", *MEDIA_ORIGINS],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
