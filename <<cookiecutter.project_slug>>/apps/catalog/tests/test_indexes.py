"""PostgreSQL answers every way to list products from an index, not from the table."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from apps.catalog.api.views import ProductViewSet
from apps.catalog.models import Product

from .factories import ProductFactory

SEEDED, COPIES = 1000, 99
ROWS = SEEDED * (1 + COPIES)
# A page of a rare category walks past others, but not past all of them.
MAX_READ = ROWS / 10
LISTS = [
    "",
    "ordering=created_at",
    "ordering=price",
    "ordering=-price",
    "ordering=name",
    "ordering=-name",
    "ordering=rating",
    "ordering=-rating",
    "price_min=500",
    "price_max=500",
    "price_min=500&price_max=501",
    "min_rating=4.5",
    "min_rating=5",
    "category=large-luxury-toys",
    "category=luxury-toys",
    "category=toys",
    "tags=vegan",
    "tags=vegan,gift",
    "in_stock=true",
    "in_stock=false",
    "search=bamboo",
    "search=bamboo lamp 77777",
    "search=nothing",
]


def queries(query: str, rf) -> list[str]:
    """Return the SQL of the page that the view would fetch for this query string."""
    view = ProductViewSet()
    view.action_map = {"get": "list"}
    view.request = view.initialize_request(rf.get(f"/?{query}"))
    with CaptureQueriesContext(connection) as captured:
        list(view.filter_queryset(view.get_queryset())[:51])
    return [query["sql"] for query in captured]


def nodes(plan: dict):
    yield plan
    for below in plan.get("Plans", []):
        yield from nodes(below)


def test_the_list_is_complete():
    filters = {name for query in LISTS for name in QueryDict(query)}

    assert set(ProductViewSet.filterset_class.base_filters) - filters == {"is_active"}


def explained(sql: str) -> list[dict]:
    """Return the nodes of a query's plan, with what each of them did."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}")
        [[found]] = cursor.fetchone()
    return list(nodes(found["Plan"]))


def rows_read(sql: str) -> int:
    """Return how many products PostgreSQL reads to answer a query."""
    return sum(
        node["Actual Rows"] * node["Actual Loops"]
        + node.get("Rows Removed by Filter", 0)
        for node in explained(sql)
        if node.get("Relation Name") == Product._meta.db_table
    )


def entries_read(query: str, rf) -> int:
    """Return how many products PostgreSQL finds in the search index for a page."""
    return sum(
        node["Actual Rows"] * node["Actual Loops"]
        for sql in queries(query, rf)
        for node in explained(sql)
        if node.get("Index Name") == "product_search"
    )


def copy_products() -> None:
    """Turn the seeded products into ROWS: in the database, where it takes seconds."""
    columns = "name, description, price, currency, stock, is_active, image, "
    columns += "category_id, rating_count, rating_sum, created_at, updated_at"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO catalog_product (sku, slug, {columns}) "
            f"SELECT sku || '-' || n, slug || '-' || n, {columns} "
            "FROM catalog_product, generate_series(1, %s) n ORDER BY n, id",
            [COPIES],
        )
        cursor.execute(
            "INSERT INTO catalog_producttag (product_id, tag_id) "
            "SELECT copy.id, tag_id FROM catalog_producttag "
            "JOIN catalog_product original ON original.id = product_id "
            "CROSS JOIN generate_series(1, %s) n "
            "JOIN catalog_product copy ON copy.sku = original.sku || '-' || n",
            [COPIES],
        )
        # What autovacuum would do in a while.
        cursor.execute("SELECT gin_clean_pending_list('product_search')")
        cursor.execute("ANALYZE")


@pytest.mark.usefixtures("postgresql")
@pytest.mark.django_db
def test_no_list_reads_the_whole_table(rf):
    call_command("seed", products=SEEDED, orders=0)
    copy_products()
    assert Product.objects.count() == ROWS

    read = {query: [rows_read(sql) for sql in queries(query, rf)] for query in LISTS}

    assert not {query: rows for query, rows in read.items() if max(rows) > MAX_READ}

    # Samples are drawn by chance: one in a thousand holds too little of what is common.
    looked_up = [entries_read("search=bamboo lamp", rf) for _ in range(5)]
    assert min(looked_up) == 0
    rare = Product.objects.filter(id=Product.objects.order_by("id")[ROWS // 2].id)
    rare.update(description="Unheard of.")
    assert entries_read("search=unheard", rf) == 1


@pytest.mark.usefixtures("postgresql")
@pytest.mark.django_db
def test_without_an_index_every_row_is_read(rf):
    ProductFactory.create_batch(60)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_indexscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")

    assert [rows_read(sql) for sql in queries("ordering=price", rf)] == [60]
