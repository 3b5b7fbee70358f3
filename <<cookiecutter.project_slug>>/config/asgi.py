"""ASGI entry point, for hosts that ask for one."""

import os

from django.core.asgi import get_asgi_application

from apps.core.database import requests_limit

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

application = get_asgi_application()
requests_limit()
