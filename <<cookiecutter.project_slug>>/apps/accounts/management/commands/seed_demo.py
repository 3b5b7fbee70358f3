from secrets import token_urlsafe

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from apps.accounts.services import demo_user_seed

EMAIL = "demo@example.com"


class Command(BaseCommand):
    help = f"Make {EMAIL}, an administrator to try things with, and print the password."

    def handle(self, **options) -> None:
        if not settings.DEBUG:
            raise CommandError("Demo accounts are for development: DEBUG is off.")
        password = token_urlsafe(12)
        demo_user_seed(email=EMAIL, password=password)
        self.stdout.write(f"Demo account: {EMAIL}\nPassword:     {password}")
