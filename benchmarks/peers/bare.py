"""The limit: bare Django views with hand-written SQL; no middleware, no caller.

`products/` runs the two queries that the baked project runs, `json/products/` has
PostgreSQL build the whole answer, `nothing/products/` does what no 304 can do without.
"""

from collections import defaultdict

import orjson
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

_COLUMNS = """p.id, p.sku, p.slug, p.name, p.price::text, p.currency, p.stock,
    p.is_active, p.rating::text, p.rating_count, nullif(p.image, '') AS image,
    p.created_at, p.updated_at, p.description"""
_LIST = f"""
    SELECT {_COLUMNS}, c.slug, c.name
    FROM catalog_product p JOIN catalog_category c ON c.id = p.category_id
    WHERE p.is_active ORDER BY p.id DESC LIMIT %s"""
_DETAIL = f"""
    SELECT {_COLUMNS}, c.slug, c.name
    FROM catalog_product p JOIN catalog_category c ON c.id = p.category_id
    WHERE p.is_active AND p.slug = %s"""
_TAGS = """
    SELECT pt.product_id, t.slug
    FROM catalog_producttag pt JOIN catalog_tag t ON t.id = pt.tag_id
    WHERE pt.product_id = ANY(%s) ORDER BY t.slug"""
_JSON = f"""
    SELECT json_build_object('results', json_agg(to_jsonb(r) - 'description'))::text
    FROM (
        SELECT {_COLUMNS},
            json_build_object('slug', c.slug, 'name', c.name) AS category,
            array(
                SELECT t.slug FROM catalog_producttag pt
                JOIN catalog_tag t ON t.id = pt.tag_id
                WHERE pt.product_id = p.id ORDER BY t.slug
            ) AS tags
        FROM (
            SELECT * FROM catalog_product
            WHERE is_active ORDER BY id DESC LIMIT %s
        ) p JOIN catalog_category c ON c.id = p.category_id
        ORDER BY p.id DESC
    ) r"""
_NAMES = (
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
    "description",
)


def _products(sql: str, value: int | str) -> list[dict]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [value])
        rows = cursor.fetchall()
        cursor.execute(_TAGS, [[row[0] for row in rows]])
        tags = defaultdict(list)
        for product, slug in cursor.fetchall():
            tags[product].append(slug)
    return [
        {
            **dict(zip(_NAMES, row, strict=False)),
            "category": {"slug": row[-2], "name": row[-1]},
            "tags": tags[row[0]],
        }
        for row in rows
    ]


def _json(data: dict) -> HttpResponse:
    body = orjson.dumps(data, option=orjson.OPT_UTC_Z)
    return HttpResponse(body, content_type="application/json")


def product_list(request: HttpRequest) -> HttpResponse:
    rows = _products(_LIST, int(request.GET.get("page_size", 20)))
    for row in rows:
        del row["description"]
    return _json({"results": rows})


def product_list_json(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute(_JSON, [int(request.GET.get("page_size", 20))])
        [[body]] = cursor.fetchall()
    return HttpResponse(body, content_type="application/json")


def product_detail(request: HttpRequest, slug: str) -> HttpResponse:
    [product] = _products(_DETAIL, slug)
    return _json(product)


def nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse(status=304)


urlpatterns = [
    path("api/v1/products/", product_list),
    path("api/v1/products/<slug:slug>/", product_detail),
    path("api/json/products/", product_list_json),
    path("api/nothing/products/", nothing),
]
