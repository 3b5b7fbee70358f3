"""Life and rotation of tokens; `apps.accounts` ties them to sessions."""

from datetime import timedelta
from typing import Any

from django.core.management.utils import get_random_secret_key

from config import env

# https://django-rest-framework-simplejwt.readthedocs.io/en/latest/settings.html
SIMPLE_JWT: dict[str, Any] = {
    "ACCESS_TOKEN_LIFETIME": timedelta(minutes=10),
    "REFRESH_TOKEN_LIFETIME": timedelta(days=7),
    "ROTATE_REFRESH_TOKENS": True,
    "BLACKLIST_AFTER_ROTATION": True,
    "UPDATE_LAST_LOGIN": True,
    "ALGORITHM": "HS256",
    "SIGNING_KEY": env.JWT_SIGNING_KEY or get_random_secret_key(),
    "ISSUER": "<< cookiecutter.project_slug >>",
}
