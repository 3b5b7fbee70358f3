"""Production: refuses to start half configured, and speaks HTTPS only."""

from config import env

from .base import *
from .base import STORAGES, logging_config

env.require(*env.REQUIRED_IN_PRODUCTION)
if env.METRICS_TOKEN:
    env.require("METRICS_TOKEN")

SECURE_SSL_REDIRECT = env.SECURE_SSL_REDIRECT
# Probes come from inside, over plain HTTP.
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if env.TRUSTED_PROXY_COUNT else None
)
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

STORAGES["staticfiles"][
    "BACKEND"
] = "whitenoise.storage.CompressedManifestStaticFilesStorage"
LOGGING = logging_config("json")
