"""Slugs, made once: a new name does not break the links that are out there."""

from uuid import uuid4

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from apps.core.errors import Conflict

from .models import Category, Product

# What stands at the place of a slug in an address: /products/prices/.
RESERVED = {"prices"}


def slug_save(instance: Category | Product, *candidates: str) -> None:
    """Save a new row under the first of these texts whose slug is free.

    The database decides, so that two writers at once never share a slug. A name
    without a letter from a to z gets a random one.

    Raises:
        Conflict: another unique value of the row is taken.
    """
    size = instance._meta.get_field("slug").max_length
    slugs = [slugify(text)[:size].strip("-_") for text in candidates]
    slugs.append(f"{instance._meta.model_name}-{uuid4().hex[:12]}")
    for slug in slugs:
        if not slug or slug in RESERVED:
            continue
        instance.slug = slug
        try:
            with transaction.atomic():
                instance.save(force_insert=True)
        except IntegrityError:
            continue
        return
    raise Conflict("There is one of that name already.", code="name_taken")
