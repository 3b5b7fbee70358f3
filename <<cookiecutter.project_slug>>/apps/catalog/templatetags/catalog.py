"""What pages show of the catalog."""

from django import template

from ..selectors import catalog_counts

register = template.Library()
register.simple_tag(catalog_counts)
