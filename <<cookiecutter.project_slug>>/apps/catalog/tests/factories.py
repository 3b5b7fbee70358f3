"""A catalog for tests."""

from decimal import Decimal
from io import BytesIO

import factory
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.text import slugify
from PIL import Image

from apps.accounts.tests.factories import UserFactory
from apps.catalog.models import Category, Product, Review, Tag


class CategoryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Category

    name = factory.Sequence(lambda n: f"Category {n:03}")
    slug = factory.LazyAttribute(lambda category: slugify(category.name))


class TagFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Tag

    name = factory.Sequence(lambda n: f"Tag {n:03}")
    slug = factory.LazyAttribute(lambda tag: slugify(tag.name))


class ProductFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Product
        skip_postgeneration_save = True

    sku = factory.Sequence(lambda n: f"SKU-{n:05}")
    name = factory.Sequence(lambda n: f"Product {n:03}")
    slug = factory.LazyAttribute(lambda product: slugify(product.name))
    price = Decimal("10.00")
    stock = 5
    category = factory.SubFactory(CategoryFactory)

    @factory.post_generation
    def tags(product, create, extracted, **kwargs):
        product.tags.set(extracted or [])


class ReviewFactory(factory.django.DjangoModelFactory):
    """A row without its mark on the product's rating; `review_create` leaves both."""

    class Meta:
        model = Review

    product = factory.SubFactory(ProductFactory)
    author = factory.SubFactory(UserFactory)
    rating = 4


def picture(kind: str = "PNG", size=(8, 8), **options) -> bytes:
    content = BytesIO()
    Image.new("RGB", size, "red").save(content, kind, **options)
    return content.getvalue()


def upload(content: bytes, name: str = "a.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "image/png")
