"""What the database itself refuses, whoever writes to it."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from apps.catalog.models import Category, Product, ProductTag, Review

from .factories import CategoryFactory, ProductFactory, ReviewFactory, TagFactory

pytestmark = pytest.mark.django_db


def refused(write) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        write()


@pytest.mark.parametrize(
    "values",
    [
        {"price": "0"},
        {"price": "-1"},
        {"stock": -1},
        {"stock": 1_000_001},
        {"currency": "XXX"},
        {"rating_count": 1, "rating_sum": 6},
        {"rating_count": 1, "rating_sum": 0},
    ],
    ids=str,
)
def test_a_product_out_of_bounds(values):
    product = ProductFactory()

    refused(lambda: Product.objects.filter(pk=product.pk).update(**values))


@pytest.mark.parametrize("name", ["sku", "slug"])
def test_products_share_neither_sku_nor_slug(name):
    taken = getattr(ProductFactory(), name)

    refused(lambda: ProductFactory(**{name: taken}))


@pytest.mark.parametrize("rating", [0, 6])
def test_a_rating_out_of_bounds(rating):
    refused(lambda: ReviewFactory(rating=rating))


def test_one_review_a_user_and_product():
    review = ReviewFactory()

    refused(lambda: ReviewFactory(product=review.product, author=review.author))


def test_a_tag_once_a_product():
    product, tag = ProductFactory(), TagFactory()
    product.tags.add(tag)

    refused(lambda: ProductTag.objects.create(product=product, tag=tag))


def test_names_are_unique_among_siblings_and_among_roots():
    books = CategoryFactory(name="Books")
    CategoryFactory(name="New", parent=books)
    CategoryFactory(name="New", slug="new-root")

    refused(lambda: CategoryFactory(name="New", slug="new-2", parent=books))
    refused(lambda: CategoryFactory(name="Books", slug="books-2"))


def test_a_category_is_not_its_own_parent():
    books = CategoryFactory()

    refused(lambda: Category.objects.filter(pk=books.pk).update(parent=books))


def test_what_holds_something_stays():
    product = ProductFactory(category__parent=CategoryFactory())

    for category in (product.category, product.category.parent):
        with pytest.raises(ProtectedError):
            category.delete()


def test_what_belongs_to_a_product_goes_with_it():
    product = ProductFactory(tags=[TagFactory()])
    ReviewFactory(product=product)
    product.delete()

    assert not ProductTag.objects.exists()
    assert not Review.objects.exists()


@pytest.mark.parametrize(
    ("count", "points", "rating"), [(0, 0, "0.00"), (2, 9, "4.50"), (3, 13, "4.33")]
)
def test_the_database_works_out_the_average(count, points, rating):
    product = ProductFactory(rating_count=count, rating_sum=points)

    assert str(Product.objects.get(pk=product.pk).rating) == rating


def test_everything_has_a_name():
    review = ReviewFactory(product__tags=[TagFactory(name="Red")])
    shown = [review, review.product, review.product.category]
    shown += [*review.product.tags.all(), *ProductTag.objects.all()]

    assert all(str(thing) for thing in shown)
