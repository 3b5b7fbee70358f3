"""What is one caller's own is written to no cache that others read."""

import pytest
from django.core.cache import caches

from apps.catalog.tests.factories import ProductFactory

from .factories import OrderFactory


@pytest.mark.django_db
def test_nothing_personal_is_written_to_the_cache(
    auth_client, user, manager, admin, monkeypatch
):
    order = OrderFactory(customer=user)
    ProductFactory(name="Hidden", is_active=False)
    written, backend = [], type(caches["default"])
    store, store_many = backend.set, backend.set_many

    def spy(self, key, value, *args, **kwargs):
        written.append(f"{key} {value}")
        return store(self, key, value, *args, **kwargs)

    def spy_many(self, data, *args, **kwargs):
        written.extend(f"{key} {value}" for key, value in data.items())
        return store_many(self, data, *args, **kwargs)

    monkeypatch.setattr(backend, "set", spy)
    monkeypatch.setattr(backend, "set_many", spy_many)
    for client, path in (
        (auth_client(user), "me/"),
        (auth_client(user), "orders/"),
        (auth_client(user), f"orders/{order.reference}/"),
        (auth_client(manager), "orders/"),
        (auth_client(manager), "products/"),
        (auth_client(manager), "products/hidden/"),
        (auth_client(manager), "reports/sales/"),
        (auth_client(admin), "users/"),
    ):
        response = client.get(f"/api/v1/{path}")
        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "private, no-store"

    assert not [text for text in written if "read:" in text]
    for secret in (user.email, str(order.reference), "hidden"):
        assert secret not in " ".join(written)
    auth_client(user).get("/api/v1/products/")
    assert any("read:catalog" in text for text in written)
