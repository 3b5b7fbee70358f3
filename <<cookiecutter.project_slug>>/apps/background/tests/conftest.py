"""A service that messages can name, a broker that can go away."""

from collections.abc import Callable
from unittest.mock import Mock

import pytest
from kombu.exceptions import OperationalError

from apps.background import publisher
from apps.background.base import service_task

_called = Mock()


def thing_do() -> int | None:
    return _called()


service_task(thing_do)


@pytest.fixture
def service() -> Mock:
    """What the messages of OutboxMessageFactory call."""
    _called.reset_mock(return_value=True, side_effect=True)
    _called.return_value = None
    return _called


@pytest.fixture
def broker(settings, monkeypatch) -> Mock:
    """Stands in for the broker; what was published are its `call_args_list`.

    What a real one does: test_on_rabbitmq.py.
    """
    settings.CELERY_BROKER_URL = "amqp://broker"
    monkeypatch.setattr(publisher, "_away_until", 0.0)
    published = Mock()
    monkeypatch.setattr("apps.background.publisher.current_app.send_task", published)
    return published


@pytest.fixture
def stop(broker) -> Callable[[], None]:
    """Return a function that stops the broker."""

    def stop_it() -> None:
        broker.side_effect = OperationalError("connection refused")

    return stop_it
