"""Every answer carries a request id that can be trusted in a log."""

import pytest

PATH = "/health/live/"


def test_a_fresh_id_each_time(client):
    first, second = (client.get(PATH).headers["X-Request-ID"] for _ in range(2))

    assert first != second
    assert len(first) == 32


def test_a_proxys_id_is_kept(client):
    response = client.get(PATH, headers={"X-Request-ID": "edge-42.a_b"})

    assert response.headers["X-Request-ID"] == "edge-42.a_b"


@pytest.mark.parametrize("forged", ["a b", "x" * 65, "a\nlevel=error", "é"])
def test_an_id_that_could_forge_a_log_line_is_replaced(client, forged):
    response = client.get(PATH, headers={"X-Request-ID": forged})

    assert response.headers["X-Request-ID"] != forged
