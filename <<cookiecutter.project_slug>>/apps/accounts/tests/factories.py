"""Users and sessions for tests."""

import factory
from django.utils import timezone

from apps.accounts.models import Session, User
from apps.accounts.tokens import TokenPair, token_pair_issue

PASSWORD = "correct-horse-battery"


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"user{n}@example.com")
    # Not a random name: now and then one looks like a password, which is refused.
    full_name = factory.Sequence(lambda n: f"User {n}")
    password = factory.django.Password(PASSWORD)
    email_verified_at = factory.LazyFunction(timezone.now)


class SessionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Session

    user = factory.SubFactory(UserFactory)


def session_tokens(user: User) -> TokenPair:
    """Log a user in without the log-in endpoint."""
    return token_pair_issue(SessionFactory(user=user))
