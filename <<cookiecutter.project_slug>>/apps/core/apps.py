from django.apps import AppConfig
from django.core.cache import caches


class CoreConfig(AppConfig):
    name = "apps.core"

    def ready(self) -> None:
        # Imports what the caches need, and connects to nothing. Threads that import
        # it at the same time later, as runserver's two do, can meet it half done.
        caches.all()
