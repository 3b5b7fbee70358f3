"""The baked project's production settings, with rates that a load test cannot reach.

Callers are counted as ever, so that the limits cost what they cost. WITHOUT names, with
commas between, parts to leave out, which shows what those cost.
"""

import os

from config.settings.production import *  # noqa: F401,F403
from config.settings.production import INSTALLED_APPS, MIDDLEWARE, REST_FRAMEWORK

PARTS = {
    "log": ["django_structlog.middlewares.RequestMiddleware"],
    "headers": [
        "apps.core.middleware.NoStoreMiddleware",
        "django.middleware.security.SecurityMiddleware",
        "corsheaders.middleware.CorsMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
        "apps.core.page_middleware.CSPMiddleware",
    ],
    "sessions": [
        "apps.core.page_middleware.SessionMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "apps.core.page_middleware.AuthenticationMiddleware",
        "apps.core.page_middleware.MessageMiddleware",
        "axes.middleware.AxesMiddleware",
    ],
    "limits": [],
}
_without = os.environ["WITHOUT"].split(",") if os.environ.get("WITHOUT") else []
for _name in _without:
    for _path in PARTS[_name]:
        MIDDLEWARE.remove(_path)
if "limits" in _without:
    REST_FRAMEWORK["DEFAULT_THROTTLE_CLASSES"] = []

# What background work is measured with.
INSTALLED_APPS = [*INSTALLED_APPS, "benchmarks.effects"]

REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"] = dict.fromkeys(
    REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"], "1000000000/min"
)
