from django.core.management.base import BaseCommand

from apps.catalog.services import catalog_seed


class Command(BaseCommand):
    help = "Fill the example with a few rows. Safe to repeat."

    def handle(self, **options) -> None:
        self.stdout.write(f"Categories added: {catalog_seed()}.")
