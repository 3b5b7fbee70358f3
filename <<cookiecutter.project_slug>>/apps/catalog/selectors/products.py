"""Products as rows: one query for them, one for all their tags."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from django.db.models import QuerySet

from apps.core import policies
from apps.core.policies import Caller

from ..models import Category, Product, ProductTag, Tag
from ..models.search import search_few, search_matches

FEW_MATCHES = 500
_COLUMNS = (
    "id",
    "sku",
    "slug",
    "name",
    "price",
    "currency",
    "stock",
    "is_active",
    "rating",
    "rating_count",
    "image",
    "created_at",
    "updated_at",
    "category__slug",
    "category__name",
)


def product_rows(*, user: Caller, detailed: bool = False) -> QuerySet:
    """Return the products that the caller may see, the newest first.

    Everybody sees what is for sale, managers see the rest as well.
    """
    return _rows(policies.is_manager(user), detailed).all()


def product_rows_complete(*, rows: list[dict]) -> list[dict]:
    """Return rows of `product_rows` with the slugs of their tags, ready to be shown."""
    for row in product_rows_with_tags(rows=rows):
        row["tags"] = [tag["slug"] for tag in row["tags"]]
    return rows


def product_rows_with_tags(*, rows: list[dict]) -> list[dict]:
    """Return rows of `product_rows`, complete; one row for each tag, whoever has it."""
    tags = _tags(row["id"] for row in rows)
    url = Product._meta.get_field("image").storage.url
    for row in rows:
        category = {
            "slug": row.pop("category__slug"),
            "name": row.pop("category__name"),
        }
        row["price"] = str(row["price"])
        row["rating"] = str(row["rating"])
        row["image"] = url(row["image"]) if row["image"] else None
        row["category"] = category
        row["tags"] = tags[row["id"]]
    return rows


def product_search(*, products: QuerySet, text: str) -> QuerySet:
    """Narrow to the products that hold these words.

    The planner knows how frequent a common word is and guesses for all others; with
    the guess too high it walks the whole table, newest first, for rows that are not
    there. So a few matches are looked up first, and named by their ids. For words that
    a sample shows to be common that would read long lists for nothing.
    """
    ids = search_few(Product, text, most=FEW_MATCHES)
    if ids is None:
        return products.filter(search_matches(text))
    return products.filter(id__in=ids)


def product_with_tags(*, products: QuerySet, slugs: list[str]) -> QuerySet:
    """Narrow to the products that have every one of these tags."""
    # By id: the index on (tag, product) then brings them in order.
    ids = dict(Tag.objects.filter(slug__in=slugs).values_list("slug", "id"))
    for slug in slugs:
        products = products.filter(producttag__tag=ids.get(slug))
    return products


def tag_rows() -> QuerySet:
    return Tag.objects.order_by("slug").values("slug", "name")


def catalog_counts() -> dict[str, int]:
    return {
        "products": Product.objects.filter(is_active=True).count(),
        "categories": Category.objects.count(),
        "tags": Tag.objects.count(),
    }


# Putting queries together is a tenth of what a list costs, so what is the same in all
# of them is put together once; each call goes on from a copy.
@cache
def _rows(everything: bool, detailed: bool) -> QuerySet:
    products = Product.objects.all()
    if not everything:
        products = products.filter(is_active=True)
    return products.values(*_COLUMNS, *(["description"] if detailed else []))


@cache
def _tag_pairs() -> QuerySet:
    pairs = ProductTag.objects.order_by("tag__slug")
    return pairs.values_list("product_id", "tag__slug", "tag__name")


def _tags(products: Iterable[int]) -> dict[int, list[dict]]:
    tags: defaultdict[int, list[dict]] = defaultdict(list)
    rows: dict[str, dict] = {}
    for product, slug, name in _tag_pairs().filter(product__in=list(products)):
        tags[product].append(rows.setdefault(slug, {"slug": slug, "name": name}))
    return tags
