"""Static files served by WhiteNoise; uploads in buckets, or else in local folders.

STORAGE_URL names the buckets. What is stored as "private" is served by views that check
who asks, and by nobody else.
"""

from pathlib import Path
from typing import Any

from config import env
from config.buckets import Buckets

STATIC_URL = "static/"
STATIC_ROOT: Path | None = env.BASE_DIR / "staticfiles"
MEDIA_URL = "media/"
MEDIA_ROOT = env.BASE_DIR / "media"
# Where, besides this server, pages get uploads from.
MEDIA_ORIGINS: list[str] = []
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": env.BASE_DIR / "private", "base_url": None},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage",
    },
}

if env.STORAGE_URL:
    _buckets = Buckets.from_url(env.STORAGE_URL)
    MEDIA_ORIGINS = [_buckets.origin]
    STORAGES |= _buckets.storages
