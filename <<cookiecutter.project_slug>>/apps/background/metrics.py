"""What Prometheus learns of the outbox."""

from collections.abc import Iterator

from django.utils import timezone
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from .selectors import outbox_state


class OutboxCollector(Collector):
    """Asks the database each time it is asked, so that any web process may answer."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        state = outbox_state()
        messages = GaugeMetricFamily(
            "outbox_messages", "Messages that are not done.", labels=["state"]
        )
        for name in ("waiting", "delivered", "failed"):
            messages.add_metric([name], getattr(state, name))
        yield messages
        waited = timezone.now() - state.oldest if state.oldest else None
        yield GaugeMetricFamily(
            "outbox_oldest_seconds",
            "Age of the oldest message that is neither done nor given up.",
            value=waited.total_seconds() if waited else 0,
        )
