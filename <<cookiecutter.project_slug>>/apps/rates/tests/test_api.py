"""The list of exchange rates, and the admin's."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from apps.rates.api.serializers import RateOutput
from apps.rates.models import ExchangeRate
from apps.rates.services import rates_sync

from .factories import ExchangeRateFactory
from .server import sends

URL = "/api/v1/rates/"


def listed(client, query: str = "") -> list[str]:
    response = client.get(f"{URL}{query}")
    assert response.status_code == 200, response.content
    return [f"{row['base']}{row['currency']}" for row in response.json()["results"]]


@pytest.mark.django_db
def test_rows_hold_what_the_schema_declares(api_client):
    ExchangeRateFactory(currency="USD")

    [row] = api_client.get(URL).json()["results"]

    assert set(row) == set(RateOutput().fields)
    assert (row["rate"], row["day"]) == ("1.0800000000", "2026-11-24")
    assert row["updated_at"].endswith("Z")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["EURGBP", "EURUSD", "USDGBP"]),
        ("?base=EUR", ["EURGBP", "EURUSD"]),
        ("?currency=GBP", ["EURGBP", "USDGBP"]),
        ("?base=USD&currency=GBP", ["USDGBP"]),
        ("?base=KES", []),
        ("?page=1&page_size=2", ["EURGBP", "EURUSD"]),
    ],
)
def test_narrowing(api_client, query, found):
    for base, currency in (("USD", "GBP"), ("EUR", "USD"), ("EUR", "GBP")):
        ExchangeRateFactory(base=base, currency=currency)

    assert listed(api_client, query) == found


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["base", "currency"])
@pytest.mark.parametrize("value", ["eur", "EURO", "E", "EUR%0A", "%20EUR", "''"])
def test_what_is_no_code_is_named(api_client, name, value):
    response = api_client.get(f"{URL}?{name}={value}")

    assert response.status_code == 400
    assert [error["attr"] for error in response.json()["errors"]] == [name]


@pytest.mark.django_db
def test_cursors_reach_every_rate_once(api_client):
    ExchangeRateFactory.create_batch(5)
    codes, url = [], f"{URL}?page_size=2"
    while url:
        page = api_client.get(url).json()
        codes += [row["currency"] for row in page["results"]]
        url = page["next"]

    stored = ExchangeRate.objects.order_by("currency")
    assert codes == list(stored.values_list("currency", flat=True))


@pytest.mark.django_db(transaction=True)
def test_a_sync_is_in_the_next_read(source, django_assert_num_queries):
    body = b'{"base": "EUR", "date": "2026-11-24", "rates": {"USD": 1.08}}'
    source.replies = [sends(body, ETag='"one"'), sends(status=304)]
    client = Client()
    assert listed(client) == []

    rates_sync()

    first = client.get(URL)
    assert [row["currency"] for row in first.json()["results"]] == ["USD"]
    # Nothing new: the cached answer and the clients' ETags stay good.
    rates_sync()
    with django_assert_num_queries(0):
        again = client.get(URL, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.django_db
@pytest.mark.parametrize(
    "values", [{"rate": 0}, {"rate": -1}, {"base": "EUR", "currency": "USD"}]
)
def test_the_database_keeps_the_rules_too(values):
    ExchangeRateFactory(base="EUR", currency="USD")

    with pytest.raises(IntegrityError), transaction.atomic():
        ExchangeRateFactory(**values)


@pytest.mark.parametrize("query", ["", "?q=EUR"])
def test_the_admin_list_costs_the_same_however_long_it_is(
    assert_rows_cost_no_queries, query
):
    url = reverse("admin:rates_exchangerate_changelist")

    assert_rows_cost_no_queries(url + query, ExchangeRateFactory)


def test_managers_read_rates_in_the_admin_and_change_none(client, manager):
    client.force_login(manager, backend="django.contrib.auth.backends.ModelBackend")
    row = ExchangeRateFactory()
    url = reverse("admin:rates_exchangerate_change", args=[row.pk])

    assert client.get(url).status_code == 200
    assert client.post(url, {"rate": "2"}).status_code == 403
