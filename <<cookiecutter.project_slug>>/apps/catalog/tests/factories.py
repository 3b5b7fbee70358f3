"""A catalog for tests."""

import factory
from django.utils.text import slugify

from apps.catalog.models import Category


class CategoryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Category

    name = factory.Sequence(lambda n: f"Category {n:03}")
    slug = factory.LazyAttribute(lambda category: slugify(category.name))
