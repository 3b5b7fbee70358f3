"""The confirmation that follows an order."""

import pytest

from apps.catalog.tests.factories import ProductFactory
from apps.orders import services

pytestmark = pytest.mark.django_db


def test_an_order_is_confirmed_to_its_customer(auth_client, user, mailoutbox):
    ProductFactory(name="Lamp <small>", slug="lamp", price="12.50", currency="EUR")

    response = auth_client(user).post(
        "/api/v1/orders/", {"lines": [{"product": "lamp", "quantity": 2}]}
    )

    [message] = mailoutbox
    [(html, _)] = message.alternatives
    assert message.to == [user.email]
    for text in (message.body, html):
        assert response.json()["reference"] in text
        assert "25.00 EUR" in text
    assert "2 x Lamp <small>: 25.00 EUR" in message.body
    assert "Lamp &lt;small&gt;" in html


def test_a_retried_order_is_confirmed_once(auth_client, user, mailoutbox):
    ProductFactory(slug="lamp")
    order = {"lines": [{"product": "lamp", "quantity": 1}]}
    client = auth_client(user)

    for _ in range(2):
        client.post("/api/v1/orders/", order, HTTP_IDEMPOTENCY_KEY="once")

    assert len(mailoutbox) == 1


def test_an_order_that_is_gone_sends_nothing(mailoutbox):
    services.confirmation_email_send(reference="1d0ad5e2-9ba5-4b4a-a8b5-6ad3b6e0fc2f")

    assert not mailoutbox
