"""Tests: fast, quiet, and away from every real mailbox and file."""

import tempfile
from pathlib import Path

from .base import *
from .base import (
    DATABASES,
    INSTALLED_APPS,
    REST_FRAMEWORK,
    STORAGES,
    logging_config,
)

ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
# Nothing is collected in a test run, and WhiteNoise would warn about that.
STATIC_ROOT = None
WHITENOISE_AUTOREFRESH = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# % if cookiecutter.use_celery
CELERY_BROKER_URL = ""
CELERY_TASK_ALWAYS_EAGER = True
RATES_URL = ""
# % endif
MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="media-"))
_FILES = "django.core.files.storage.FileSystemStorage"
_PRIVATE = {"location": tempfile.mkdtemp(prefix="private-"), "base_url": None}
STORAGES |= {
    "default": {"BACKEND": _FILES},
    "private": {"BACKEND": _FILES, "OPTIONS": _PRIVATE},
}
LOGGING = logging_config("json")
# Two hundred threads share the pool's connections in a test, on a busy machine.
if "pool" in DATABASES["default"]["OPTIONS"]:
    DATABASES["default"]["OPTIONS"]["pool"]["timeout"] = 60
# Tests of throttling set rates of their own.
REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"] = dict.fromkeys(
    REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"]
)
# A linter of migrations, for `make migrations-check`. Migrations of other people's apps
# are theirs, and a first migration finds nobody at work on its tables.
MIGRATION_LINTER_OPTIONS = {
    "include_apps": [
        app.removeprefix("apps.") for app in INSTALLED_APPS if app.startswith("apps.")
    ],
    "ignore_initial_migrations": True,
    # Those that break or lock on purpose, when nothing needs what they change any more.
    "ignore_name": [],
    # Locks are warnings to it.
    "warnings_as_errors": [],
    "no_cache": True,
}
INSTALLED_APPS = [*INSTALLED_APPS, "django_migration_linter"]
