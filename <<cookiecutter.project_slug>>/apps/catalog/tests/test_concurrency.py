"""Many readers of one mind at once, on PostgreSQL: one review each, a true rating."""

from collections import Counter
from decimal import Decimal

import pytest
from django.db.models import Count, Sum

from apps.accounts.tests.factories import UserFactory
from apps.catalog.models import Product, Review

from .factories import ProductFactory

URL = "/api/v1/products/lamp/reviews/"

pytestmark = [
    pytest.mark.usefixtures("postgresql"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def lamp():
    return ProductFactory(name="Lamp")


def statuses(responses) -> Counter:
    return Counter(response.status_code for response in responses)


def assert_rating_agrees() -> None:
    lamp = Product.objects.get()
    given = Review.objects.aggregate(count=Count("id"), points=Sum("rating"))
    assert (lamp.rating_count, lamp.rating_sum) == (given["count"], given["points"])
    average = Decimal(given["points"]) / given["count"]
    assert lamp.rating == round(average, 2)


def test_one_review_a_user(at_once, auth_client, user, lamp):
    client = auth_client(user)

    responses = at_once([lambda: client.post(URL, {"rating": 5})] * 8)

    assert statuses(responses) == {201: 1, 409: 7}
    codes = {
        error["code"] for row in responses for error in row.json().get("errors", [])
    }
    assert codes == {"already_reviewed"}
    assert_rating_agrees()


def test_no_rating_is_lost(at_once, auth_client, lamp):
    clients = [auth_client(user) for user in UserFactory.create_batch(12)]

    first = at_once(
        [
            lambda client=client, n=n: client.post(URL, {"rating": n % 5 + 1})
            for n, client in enumerate(clients)
        ]
    )
    assert statuses(first) == {201: 12}
    assert_rating_agrees()

    urls = [f"/api/v1/reviews/{response.json()['id']}/" for response in first]
    second = at_once(
        [
            lambda client=client, url=url, n=n: (
                client.delete(url) if n % 3 == 0 else client.patch(url, {"rating": 3})
            )
            for n, (client, url) in enumerate(zip(clients, urls, strict=True))
        ]
    )
    assert statuses(second) == {200: 8, 204: 4}
    assert_rating_agrees()


def test_changed_and_taken_back_at_once(at_once, auth_client, user, lamp):
    client = auth_client(user)
    client.post(URL, {"rating": 5})
    url = f"/api/v1/reviews/{Review.objects.get().pk}/"

    responses = at_once(
        [lambda: client.delete(url), lambda: client.patch(url, {"rating": 1})] * 3
    )

    assert statuses(responses)[204] == 1
    assert set(statuses(responses)) <= {200, 204, 404}
    assert Product.objects.get().rating_sum == 0


def test_a_change_of_what_another_has_changed(at_once, auth_client, manager, lamp):
    """Both read the same; one is told that it is no longer there."""
    client, url = auth_client(manager), "/api/v1/products/lamp/"
    seen = {"If-Match": client.get(url).headers["ETag"]}

    responses = at_once(
        [
            lambda price=price: client.patch(url, {"price": price}, headers=seen)
            for price in ("1.00", "2.00", "3.00", "4.00")
        ]
    )

    assert statuses(responses) == {200: 1, 412: 3}
