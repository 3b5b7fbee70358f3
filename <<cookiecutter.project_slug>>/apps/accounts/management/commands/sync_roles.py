from django.core.management.base import BaseCommand

from apps.accounts.services import roles_sync


class Command(BaseCommand):
    help = "Make groups and permissions equal to the table in apps/accounts/roles.py."

    def handle(self, **options) -> None:
        roles_sync()
        self.stdout.write("Roles are in place.")
