"""Django Ninja with the same good practice: no COUNT, no user looked up, a pool."""

from datetime import datetime
from decimal import Decimal

import orjson
from apps.catalog.models import Product
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import path
from ninja import NinjaAPI, Schema
from ninja.renderers import BaseRenderer
from ninja.security import HttpBearer
from rest_framework_simplejwt.exceptions import TokenError
from rest_framework_simplejwt.tokens import AccessToken


class Bearer(HttpBearer):
    def authenticate(self, request: HttpRequest, token: str) -> AccessToken | None:
        try:
            return AccessToken(token)
        except TokenError:
            return None


class ORJSONRenderer(BaseRenderer):
    media_type = "application/json"

    def render(self, request: HttpRequest, data, *, response_status: int) -> bytes:
        return orjson.dumps(data, default=str, option=orjson.OPT_UTC_Z)


class CategoryOut(Schema):
    slug: str
    name: str


class ProductOut(Schema):
    id: int
    sku: str
    slug: str
    name: str
    price: Decimal
    currency: str
    stock: int
    is_active: bool
    rating: Decimal
    rating_count: int
    image: str | None
    category: CategoryOut
    tags: list[str]
    created_at: datetime
    updated_at: datetime

    @staticmethod
    def resolve_image(product: Product) -> str | None:
        return product.image.url if product.image else None

    @staticmethod
    def resolve_tags(product: Product) -> list[str]:
        return [tag.slug for tag in product.tags.all()]


class ProductDetailOut(ProductOut):
    description: str


class ProductPage(Schema):
    after: int | None
    results: list[ProductOut]


api = NinjaAPI(auth=Bearer(), renderer=ORJSONRenderer())
products = (
    Product.objects.filter(is_active=True)
    .select_related("category")
    .prefetch_related("tags")
)


@api.get("products/", response=ProductPage)
def product_list(request: HttpRequest, page_size: int = 20, after: int | None = None):
    found = products.filter(id__lt=after) if after else products
    rows = list(found[: page_size + 1])
    more = len(rows) > page_size
    rows = rows[:page_size]
    return {"after": rows[-1].pk if more else None, "results": rows}


@api.get("products/{slug}/", response=ProductDetailOut)
def product_detail(request: HttpRequest, slug: str):
    return get_object_or_404(products, slug=slug)


urlpatterns = [path("api/v1/", api.urls)]
