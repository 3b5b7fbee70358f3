"""The example shop: the same rows every time, and none twice."""

import pytest
from django.core.management import call_command

from apps.accounts.models import User
from apps.catalog.models import Category, Product, ProductTag, Review, Tag
from apps.catalog.tests.factories import ProductFactory
from apps.orders.models import Order, OrderLine

from .factories import OrderFactory

pytestmark = pytest.mark.django_db


def seed(products: int = 30, orders: int = 20) -> None:
    call_command("seed", products=products, orders=orders)


def counts() -> list[int]:
    models = (User, Category, Tag, Product, ProductTag, Review, Order, OrderLine)
    return [model.objects.count() for model in models]


def rows() -> dict[str, list[tuple]]:
    """Return what was seeded, without ids and times of this run."""
    columns = (
        "sku",
        "slug",
        "price",
        "stock",
        "rating",
        "category__slug",
        "tags__slug",
    )
    orders = ("created_at", "status", "customer__email", "lines__product__sku")
    return {
        "products": sorted(Product.objects.values_list(*columns), key=str),
        "orders": sorted(
            Order.objects.values_list(*orders, "lines__quantity", "lines__unit_price"),
            key=str,
        ),
    }


def test_counts(capsys):
    seed()

    users, categories, tags, products, *_, orders, lines = counts()
    assert (users, categories, tags, products, orders) == (100, 136, 12, 30, 20)
    assert lines >= orders
    assert "Added 30 products and 20 orders." in capsys.readouterr().out


def test_a_second_run_adds_nothing(capsys):
    seed()
    before = counts(), rows()
    seed()

    assert (counts(), rows()) == before
    assert "Added 0 products and 0 orders." in capsys.readouterr().out


def test_more_is_added_to_what_is_there():
    seed(products=10, orders=5)
    seed(products=30, orders=20)
    in_steps = rows()["products"]
    OrderLine.objects.all().delete()
    Order.objects.all().delete()
    Product.objects.all().delete()
    seed()

    assert Product.objects.count() == 30
    assert Order.objects.count() == 20
    assert in_steps == rows()["products"]


def test_what_the_user_made_stays_out_of_it():
    seed()
    alone = rows()["orders"]
    Order.objects.all().delete()
    ProductFactory(name="Mine", sku="MINE", currency="EUR")
    OrderFactory(idempotency_key="seed-0")
    seed()

    seeded = [row for row in rows()["orders"] if row[2].startswith("customer")]
    assert seeded == alone
    assert Product.objects.get(sku="MINE").currency == "EUR"


def test_ratings_and_prices_agree_with_their_rows():
    seed()

    for product in Product.objects.prefetch_related("reviews"):
        ratings = [review.rating for review in product.reviews.all()]
        assert (product.rating_count, product.rating_sum) == (
            len(ratings),
            sum(ratings),
        )
    for line in OrderLine.objects.select_related("product", "order"):
        assert line.unit_price == line.product.price
        assert line.order.currency == line.product.currency


def test_nobody_logs_in_as_a_seeded_customer():
    seed(products=0, orders=0)

    assert not any(user.has_usable_password() for user in User.objects.all())


def test_without_products_there_are_no_orders():
    seed(products=0)

    assert not Order.objects.exists()
