"""The only reader of the environment.

Every variable the project knows is a constant of this module under its own name,
and stands in `.env.example` with an explanation (a test compares the two). The real
environment wins over the file: `.env`, or `.env.test` under the test settings.
"""

import os
import sys
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
# What .env.example and .env.test say in place of a secret: known to everyone.
PLACEHOLDERS = ("change-me", "only-for-tests")
SECRETS = {"SECRET_KEY", "JWT_SIGNING_KEY", "METRICS_TOKEN"}
# An HS256 key shorter than its hash can be guessed: RFC 7518, section 3.2.
MIN_SECRET_BYTES = 32
REQUIRED_IN_PRODUCTION = (
    "SECRET_KEY",
    "JWT_SIGNING_KEY",
    "ALLOWED_HOSTS",
    "DATABASE_URL",
    "CACHE_URL",
    "EMAIL_URL",
    "FRONTEND_URL",
    # % if cookiecutter.use_celery
    "CELERY_BROKER_URL",
    # % endif
)
# Commands that an image build runs: they touch neither secrets nor servers.
BUILD_COMMANDS = {"collectstatic"}

_testing = os.environ.get("DJANGO_SETTINGS_MODULE", "").endswith(".test")
_env = environ.Env()
_env.read_env(BASE_DIR / (".env.test" if _testing else ".env"))

SECRET_KEY = _env.str("SECRET_KEY", default="")
JWT_SIGNING_KEY = _env.str("JWT_SIGNING_KEY", default="")
ALLOWED_HOSTS = _env.list("ALLOWED_HOSTS", default=[])
CORS_ALLOWED_ORIGINS = _env.list("CORS_ALLOWED_ORIGINS", default=[])
CSRF_TRUSTED_ORIGINS = _env.list("CSRF_TRUSTED_ORIGINS", default=[])
TRUSTED_PROXY_COUNT = _env.int("TRUSTED_PROXY_COUNT", default=0)
SECURE_SSL_REDIRECT = _env.bool("SECURE_SSL_REDIRECT", default=True)

DATABASE_URL = _env.str("DATABASE_URL", default="")
DATABASE_POOL_MAX_SIZE = _env.int("DATABASE_POOL_MAX_SIZE", default=8)
DATABASE_STATEMENT_TIMEOUT = _env.int("DATABASE_STATEMENT_TIMEOUT", default=30)
CACHE_URL = _env.str("CACHE_URL", default="")
READ_CACHE_SECONDS = _env.int("READ_CACHE_SECONDS", default=300)
# % if cookiecutter.use_celery
CELERY_BROKER_URL = _env.str("CELERY_BROKER_URL", default="")
# % endif

STORAGE_URL = _env.str("STORAGE_URL", default="")

EMAIL_URL = _env.str("EMAIL_URL", default="")
DEFAULT_FROM_EMAIL = _env.str("DEFAULT_FROM_EMAIL", default="noreply@localhost")
FRONTEND_URL = _env.str("FRONTEND_URL", default="")
# % if cookiecutter.use_celery

RATES_URL = _env.str("RATES_URL", default="")
# % endif

TIME_ZONE = _env.str("TIME_ZONE", default="<< cookiecutter.timezone >>")
LOG_LEVEL = _env.str("LOG_LEVEL", default="INFO")
METRICS_TOKEN = _env.str("METRICS_TOKEN", default="")
SENTRY_DSN = _env.str("SENTRY_DSN", default="")
OTEL_EXPORTER_OTLP_ENDPOINT = _env.str("OTEL_EXPORTER_OTLP_ENDPOINT", default="")
# % if cookiecutter.use_graphql

GRAPHQL_PLAYGROUND = _env.bool("GRAPHQL_PLAYGROUND", default=False)
# % endif

DJANGO_SUPERUSER_EMAIL = _env.str("DJANGO_SUPERUSER_EMAIL", default="")
DJANGO_SUPERUSER_PASSWORD = _env.str("DJANGO_SUPERUSER_PASSWORD", default="")


def is_real(name: str) -> bool:
    """Tell whether a variable was filled in, and a secret with one worth the name."""
    value = globals()[name]
    if not value or any(placeholder in str(value) for placeholder in PLACEHOLDERS):
        return False
    return name not in SECRETS or len(value.encode()) >= MIN_SECRET_BYTES


def require(*names: str) -> None:
    """Refuse to start unless every variable named holds a real value.

    Raises:
        ImproperlyConfigured: naming all the variables that are missing, still
            placeholders or too short for a secret, in one message.
    """
    if len(sys.argv) > 1 and sys.argv[1] in BUILD_COMMANDS:
        return
    missing = [name for name in names if not is_real(name)]
    if missing:
        raise ImproperlyConfigured(
            f"Set these environment variables to real values: {', '.join(missing)}. "
            f"Secrets need {MIN_SECRET_BYTES} random characters or more. "
            "Each is explained in .env.example."
        )
