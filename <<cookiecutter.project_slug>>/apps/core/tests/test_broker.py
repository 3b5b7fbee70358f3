"""Readiness asks the broker, where one is configured."""

import pytest


@pytest.mark.django_db
def test_a_broker_that_does_not_answer_is_found_out(client, settings):
    settings.CELERY_BROKER_URL = "amqp://guest:guest@127.0.0.1:1//"
    settings.READINESS_CHECKS = {"broker": "apps.core.broker.check_broker"}

    response = client.get("/health/ready/")

    assert response.status_code == 503
    assert response.json()["parts"] == {"broker": "failed"}
