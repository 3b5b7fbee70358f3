"""Messages for tests."""

import factory
from django.utils import timezone

from apps.background.models import OutboxMessage


class OutboxMessageFactory(factory.django.DjangoModelFactory):
    """One that is due and that nobody has delivered."""

    class Meta:
        model = OutboxMessage

    name = "background.thing_do"
    due_at = factory.LazyFunction(timezone.now)
