"""The management commands of the catalog."""

import pytest
from django.core.management import call_command

from apps.catalog.models import Category


@pytest.mark.django_db
def test_seed_example_repeats_without_harm(capsys):
    call_command("seed_example")
    first = Category.objects.count()
    call_command("seed_example")

    assert Category.objects.count() == first > 0
    assert "added: 0" in capsys.readouterr().out
    assert str(Category.objects.first())
