"""Reads of the catalog."""

from django.db.models import QuerySet

from .models import Category


def category_list() -> QuerySet[Category]:
    return Category.objects.all()
