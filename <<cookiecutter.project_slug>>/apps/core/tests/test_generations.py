"""`{% generation %}`: what the key of a cached fragment is made from."""

import pytest
from django.db import transaction
from django.template import Context, Template

from apps.core.cache import generation_bump

PAGE = Template(
    '{% load cache generations %}{% generation "things" as things %}'
    "{% cache 60 shelf things %}{{ value }}{% endcache %}"
)


def shown(value: str) -> str:
    return PAGE.render(Context({"value": value}))


@pytest.mark.django_db(transaction=True)
def test_a_fragment_lasts_until_a_commit():
    assert shown("old") == "old"
    with transaction.atomic():
        generation_bump("things")
        assert shown("new") == "old"

    assert shown("new") == "new"


@pytest.mark.django_db(transaction=True)
def test_a_rollback_leaves_it():
    assert shown("old") == "old"
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        generation_bump("things")
        1 / 0

    assert shown("new") == "old"


def test_without_a_cache_everything_is_rendered(redis_down):
    assert [shown("one"), shown("two")] == ["one", "two"]


def test_what_is_kept_while_no_generation_is_known_is_not_found_again(monkeypatch):
    """Redis answers now and then: the fragment is written, its generation was not."""
    monkeypatch.setattr("apps.core.cache.generation", lambda namespace: None)

    assert [shown("one"), shown("two")] == ["one", "two"]
