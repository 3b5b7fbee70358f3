"""Whoever takes JSON gets it, and nobody gets anything else."""

import pytest
from rest_framework.negotiation import DefaultContentNegotiation

ME = "/api/v1/me/"
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "accepted",
    [{}, *({"Accept": it} for it in ("*/*", "application/json", "text/html, */*"))],
)
def test_json_is_what_nearly_everyone_takes(auth_client, user, accepted):
    response = auth_client(user).get(ME, headers=accepted)

    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/json"


@pytest.mark.parametrize("accepted", ["*/*", "application/json"])
def test_nothing_is_weighed_where_there_is_no_choice(
    auth_client, user, accepted, monkeypatch
):
    monkeypatch.delattr(DefaultContentNegotiation, "select_renderer")

    response = auth_client(user).get(ME, headers={"Accept": accepted})

    assert response.status_code == 200


@pytest.mark.parametrize("accepted", ["text/html", "application/xml;q=0.9"])
def test_who_takes_no_json_is_told_so(auth_client, user, accepted):
    response = auth_client(user).get(ME, headers={"Accept": accepted})

    assert response.status_code == 406
    assert response.json()["errors"][0]["code"] == "not_acceptable"
