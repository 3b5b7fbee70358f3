"""WSGI entry point: `gunicorn config.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

from apps.core.database import requests_limit
from config import tracing

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

# Before the application: it takes its middleware as it finds it.
tracing.start("web")
application = get_wsgi_application()
requests_limit()
