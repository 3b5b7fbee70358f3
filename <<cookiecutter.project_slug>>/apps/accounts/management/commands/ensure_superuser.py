from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from apps.accounts.services import superuser_ensure
from apps.core.errors import InvalidInput


class Command(BaseCommand):
    help = (
        "Make the first administrator from DJANGO_SUPERUSER_EMAIL and "
        "DJANGO_SUPERUSER_PASSWORD. Safe to repeat: a user who exists is left alone."
    )

    def handle(self, **options) -> None:
        email, password = settings.SUPERUSER_EMAIL, settings.SUPERUSER_PASSWORD
        if not email or not password:
            raise CommandError(
                "Set DJANGO_SUPERUSER_EMAIL and DJANGO_SUPERUSER_PASSWORD first "
                "(in .env or the environment)."
            )
        try:
            user, created = superuser_ensure(email=email, password=password)
        except InvalidInput as error:
            reasons = " ".join(error.fields["password"])
            raise CommandError(f"DJANGO_SUPERUSER_PASSWORD: {reasons}") from error
        outcome = "was made" if created else "was there already"
        self.stdout.write(f"Administrator {user.email} {outcome}.")
