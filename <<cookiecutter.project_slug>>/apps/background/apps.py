from celery import current_app
from django.apps import AppConfig


class BackgroundConfig(AppConfig):
    name = "apps.background"

    def ready(self) -> None:
        # Every process knows every task: to promise one, or to run it inline.
        current_app.autodiscover_tasks(force=True)
