"""The catalog on the landing page: counted once, and again after each commit."""

import re

import pytest
from django.db import transaction

from apps.catalog.services import category_create, product_update

from .factories import CategoryFactory, ProductFactory, TagFactory


@pytest.fixture
def counts(client):
    """Return a function: what the page says, {"Products": 3, ...}."""

    def shown() -> dict[str, int]:
        found = re.findall(r"<dt>(\w+)</dt><dd>(\d+)</dd>", client.get("/").text)
        return {name: int(number) for name, number in found}

    return shown


def withdraw(slug: str) -> None:
    product_update(slug=slug, precondition=lambda: None, is_active=False)


@pytest.mark.django_db
def test_what_is_for_sale_is_counted(counts):
    ProductFactory.create_batch(3, category=CategoryFactory(), tags=[TagFactory()])
    ProductFactory(is_active=False)

    assert counts() == {"Products": 3, "Categories": 2, "Tags": 1}


@pytest.mark.django_db
def test_the_second_reader_costs_no_query(counts, django_assert_num_queries):
    with django_assert_num_queries(3):
        first = counts()
    with django_assert_num_queries(0):
        assert counts() == first


@pytest.mark.django_db(transaction=True)
def test_a_committed_write_is_in_the_next_read(counts):
    ProductFactory(name="Lamp")
    assert counts() == {"Products": 1, "Categories": 1, "Tags": 0}

    withdraw("lamp")
    category_create(name="Books")

    assert counts() == {"Products": 0, "Categories": 2, "Tags": 0}


@pytest.mark.django_db(transaction=True)
def test_a_write_that_is_rolled_back_is_not(counts, django_assert_num_queries):
    ProductFactory(name="Lamp")
    before = counts()

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        withdraw("lamp")
        1 / 0

    with django_assert_num_queries(0):
        assert counts() == before


@pytest.mark.django_db
def test_without_redis_they_are_counted_each_time(counts, redis_down):
    ProductFactory()
    assert counts()["Products"] == 1
    ProductFactory()
    assert counts()["Products"] == 2


@pytest.mark.django_db
def test_caching_can_be_switched_off(counts, settings):
    settings.READ_CACHE_SECONDS = 0
    ProductFactory()
    assert counts()["Products"] == 1
    ProductFactory()
    assert counts()["Products"] == 2
