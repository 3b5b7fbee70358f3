"""The message broker, as /health/ready/ asks for it."""

from django.conf import settings
from kombu import Connection

TIMEOUT = 2  # seconds


def check_broker() -> None:
    """Connect once; raises what kombu raises when the broker does not answer."""
    with Connection(settings.CELERY_BROKER_URL, connect_timeout=TIMEOUT) as broker:
        broker.ensure_connection(max_retries=1, timeout=TIMEOUT)
