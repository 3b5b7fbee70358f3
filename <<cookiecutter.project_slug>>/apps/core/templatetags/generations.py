"""Fragments of a page that a committed write puts out of reach.

{% load cache generations %}
{% generation "books" as books %}
{% cache cache_seconds shelf books %} ... {% endcache %}
"""

from uuid import uuid4

from django import template

from apps.core import cache

register = template.Library()


@register.simple_tag
def generation(namespace: str) -> str:
    """Return the present generation, to stand in the key of a fragment.

    While the cache is down there is none. Under a name that is used once, a fragment
    that reaches the cache all the same is never found again.
    """
    return cache.generation(namespace) or uuid4().hex
