"""Categories."""

from collections.abc import Callable

from django.db import transaction
from django.db.models import ProtectedError

from apps.core.cache import generation_bump
from apps.core.errors import Conflict, InvalidInput, NotFound

from ..models import Category
from ..namespaces import CATALOG, CATEGORIES
from ..slugs import slug_save


@transaction.atomic
def category_create(*, name: str, parent: str | None = None) -> Category:
    """Add a category, below another one or as a root.

    Args:
        parent: the slug of the one above.

    Raises:
        InvalidInput: there is no such parent.
        Conflict: there is a category of that name.
    """
    category = Category(name=name, parent=_parent(parent))
    slug_save(category, name)
    _changed()
    return category


@transaction.atomic
def category_update(
    *, slug: str, precondition: Callable[[], None], **changes: str | None
) -> Category:
    """Rename a category, or move it with all below it; the slug stays.

    Args:
        precondition: called once the rows are locked.
        changes: `name`, `parent` (a slug, or None for a root), or both.

    Raises:
        NotFound: there is no such category.
        InvalidInput: there is no such parent, or it stands below the category.
    """
    # All rows: two moves at once could otherwise close a circle.
    rows = {row.pk: row for row in Category.objects.select_for_update().order_by("pk")}
    category = next((row for row in rows.values() if row.slug == slug), None)
    if category is None:
        raise NotFound
    precondition()
    if "parent" in changes:
        parent = above = _parent(changes["parent"])
        while above is not None:
            if above.pk == category.pk:
                raise InvalidInput(
                    fields={"parent": ["A category cannot stand below itself."]}
                )
            above = rows[above.parent_id] if above.parent_id else None
        category.parent = parent
    category.name = changes.get("name") or category.name
    category.save()
    _changed()
    return category


@transaction.atomic
def category_delete(*, slug: str, precondition: Callable[[], None]) -> None:
    """Delete an empty category.

    Args:
        precondition: called once the row is locked.

    Raises:
        NotFound: there is no such category.
        Conflict: categories or products are left in it.
    """
    category = Category.objects.select_for_update().filter(slug=slug).first()
    if category is None:
        raise NotFound
    precondition()
    try:
        category.delete()
    except ProtectedError as error:
        raise Conflict(
            "There are categories or products left in it.", code="category_not_empty"
        ) from error
    _changed()


def _parent(slug: str | None) -> Category | None:
    if slug is None:
        return None
    parent = Category.objects.filter(slug=slug).first()
    if parent is None:
        raise InvalidInput(fields={"parent": [f"There is no category {slug!r}."]})
    return parent


def _changed() -> None:
    generation_bump(CATEGORIES)
    generation_bump(CATALOG)
