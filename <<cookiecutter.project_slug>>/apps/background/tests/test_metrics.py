import pytest
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from .factories import OutboxMessageFactory

TOKEN = "of-prometheus" * 4


@pytest.mark.django_db
def test_the_outbox_is_among_the_metrics(client, settings):
    settings.METRICS_TOKEN = TOKEN
    OutboxMessageFactory()
    OutboxMessageFactory.create_batch(2, failed_at=timezone.now())

    response = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})

    families = text_string_to_metric_families(response.content.decode())
    samples = {
        (sample.name, *sample.labels.values()): sample.value
        for family in families
        for sample in family.samples
    }
    assert samples["outbox_messages", "waiting"] == 1
    assert samples["outbox_messages", "failed"] == 2
    assert samples["outbox_oldest_seconds",] > 0
