"""Everything that writes the catalog."""

from django.db import transaction
from django.utils.text import slugify

from apps.core.errors import Conflict, InvalidInput

from .models import Category

EXAMPLE_CATEGORIES = ("Books", "Games", "Music")


@transaction.atomic
def category_create(*, name: str) -> Category:
    """Add a category, with a slug made from its name.

    Raises:
        InvalidInput: no slug can be made from the name.
        Conflict: there is a category of that name.
    """
    category = Category(name=name, slug=_slug(name))
    if Category.objects.filter(slug=category.slug).exists():
        raise Conflict("There is a category of that name.", code="category_exists")
    category.save()
    return category


@transaction.atomic
def category_update(*, category: Category, name: str) -> Category:
    """Rename a category; the slug, and with it every link, stays."""
    category.name = name
    category.save(update_fields=["name", "updated_at"])
    return category


def category_delete(*, category: Category) -> None:
    category.delete()


@transaction.atomic
def catalog_seed() -> int:
    """Add the example's categories where they are missing; return how many were."""
    made = [
        Category.objects.get_or_create(slug=_slug(name), defaults={"name": name})[1]
        for name in EXAMPLE_CATEGORIES
    ]
    return sum(made)


def _slug(name: str) -> str:
    slug = slugify(name)
    if not slug:
        raise InvalidInput(
            fields={"name": ["Use at least one letter or digit from a to z."]}
        )
    return slug
