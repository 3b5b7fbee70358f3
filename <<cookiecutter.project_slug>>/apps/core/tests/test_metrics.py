"""Metrics are for whoever has the token, and for nobody while there is none."""

import pytest

TOKEN = "of-prometheus" * 4


@pytest.fixture
def switched_on(settings) -> None:
    settings.METRICS_TOKEN = TOKEN
    settings.METRICS_COLLECTORS = []


def test_there_are_none_without_the_variable(client):
    response = client.get("/metrics", headers={"Authorization": "Bearer "})

    assert response.status_code == 404
    assert response.json()["errors"][0]["code"] == "not_found"


@pytest.mark.parametrize("sent", ["", "Bearer ", "Bearer wrong", TOKEN, "Bearer \xe9"])
def test_nobody_reads_them_without_the_token(client, switched_on, sent):
    response = client.get("/metrics", headers={"Authorization": sent})

    assert response.status_code == 401
    assert response.json()["errors"][0]["code"] == "not_authenticated"


def test_whoever_has_the_token_reads_them(client, switched_on):
    response = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})

    assert response.status_code == 200
    assert "python_info" in response.content.decode()
    assert "no-store" in response.headers["Cache-Control"]
