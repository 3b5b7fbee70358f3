"""Users and sessions in the admin: as many queries for many rows as for few."""

import pytest
from django.urls import reverse

from .factories import SessionFactory, UserFactory


@pytest.mark.parametrize(
    ("model", "add_row"), [("user", UserFactory), ("session", SessionFactory)]
)
def test_lists(assert_rows_cost_no_queries, model, add_row):
    page = reverse(f"admin:accounts_{model}_changelist")

    assert_rows_cost_no_queries(page, add_row)
