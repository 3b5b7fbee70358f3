"""The catalog in the admin: pages that stay cheap, tags that come and go."""

import pytest
from django.urls import reverse

from .factories import CategoryFactory, ProductFactory, ReviewFactory, TagFactory

ADD_ROW = {
    "category": lambda: CategoryFactory(parent=CategoryFactory()),
    "product": lambda: ProductFactory(tags=[TagFactory()]),
    "review": ReviewFactory,
    "tag": TagFactory,
}


@pytest.mark.parametrize("query", ["", "?q=1"])
@pytest.mark.parametrize("model", ADD_ROW)
def test_lists(assert_rows_cost_no_queries, model, query):
    page = reverse(f"admin:catalog_{model}_changelist")

    assert_rows_cost_no_queries(page + query, ADD_ROW[model])


def test_tags_of_a_product(assert_rows_cost_no_queries):
    product = ProductFactory()
    page = reverse("admin:catalog_product_change", args=[product.pk])

    assert_rows_cost_no_queries(page, lambda: product.tags.add(TagFactory()))


def test_a_filter_narrows(admin_site_client):
    shown, *_ = ProductFactory.create_batch(3)
    page = reverse("admin:catalog_product_changelist")

    response = admin_site_client.get(page, {"category__id__exact": shown.category_id})

    assert list(response.context["cl"].result_list) == [shown]


def test_tags_are_added_and_taken_off(admin_site_client):
    old, new = TagFactory.create_batch(2)
    product = ProductFactory(tags=[old])
    page = reverse("admin:catalog_product_change", args=[product.pk])
    form = {
        **{name: getattr(product, name) for name in ("sku", "name", "slug", "stock")},
        "price": "10.00",
        "currency": "USD",
        "category": product.category_id,
        "producttag_set-TOTAL_FORMS": 2,
        "producttag_set-INITIAL_FORMS": 1,
        "producttag_set-0-id": product.producttag_set.get().pk,
        "producttag_set-0-product": product.pk,
        "producttag_set-0-DELETE": "on",
        "producttag_set-1-product": product.pk,
        "producttag_set-1-tag": new.pk,
    }

    assert admin_site_client.post(page, form).status_code == 302
    assert list(product.tags.all()) == [new]
