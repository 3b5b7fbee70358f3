"""Exports in the admin: to look at, and nothing else."""

import pytest
from django.urls import reverse

from .factories import ExportFactory, file_stored

pytestmark = pytest.mark.django_db

LIST = reverse("admin:exports_export_changelist")


def test_the_list_costs_the_same_however_long_it_is(assert_rows_cost_no_queries):
    assert_rows_cost_no_queries(LIST, ExportFactory)


@pytest.mark.parametrize(
    ("query", "count"), [("status=failed", 1), ("status=running", 0), ("q=user", 2)]
)
def test_searching_and_filtering(admin_site_client, query, count):
    ExportFactory()
    ExportFactory(status="failed")

    response = admin_site_client.get(f"{LIST}?{query}")

    assert response.context["cl"].result_count == count


def test_an_export_is_shown_without_its_file_and_stays_as_it_is(admin_site_client):
    export = ExportFactory(file=file_stored())
    url = reverse("admin:exports_export_change", args=[export.pk])
    delete = reverse("admin:exports_export_delete", args=[export.pk])

    text = admin_site_client.get(url).content.decode()
    assert export.owner.email in text
    assert export.file.name not in text
    assert admin_site_client.post(url, {"status": "done"}).status_code == 403
    assert admin_site_client.post(delete, {"post": "yes"}).status_code == 403
    assert admin_site_client.get(reverse("admin:exports_export_add")).status_code == 403
