"""Composition: settings, routes and entry points. No app imports this package."""

# % if cookiecutter.use_celery
from .celery import app as celery_app

__all__ = ["celery_app"]
# % endif
