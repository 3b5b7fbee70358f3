"""Composition: settings, routes and entry points."""

# % if cookiecutter.use_celery
from .celery import app as celery_app

__all__ = ["celery_app"]

# % endif
# No app imports this package: import-linter holds that.
