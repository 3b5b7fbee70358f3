"""Categories: a tree, of which every node knows its parent alone."""

from django.db import models
from django.db.models import F, Q

from apps.core.models import TimestampedModel


class Category(TimestampedModel):
    name = models.CharField(max_length=100)
    slug = models.SlugField(max_length=100, unique=True)
    # A branch goes only when it is empty: products must not vanish with it.
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="children",
        null=True,
        blank=True,
    )

    class Meta:
        ordering = ["name", "id"]
        verbose_name_plural = "categories"
        constraints = [
            models.UniqueConstraint(
                fields=["parent", "name"], name="category_name_unique_among_siblings"
            ),
            # SQL holds two NULLs for different: the roots need a rule of their own.
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(parent=None),
                name="category_name_unique_among_roots",
            ),
            models.CheckConstraint(
                condition=~Q(parent=F("id")), name="category_not_its_own_parent"
            ),
        ]

    def __str__(self) -> str:
        return self.name
