"""The OpenAPI documents, one for each version of the API."""

import json
from functools import cache

from django.conf import settings
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer

VERSIONS: list[str] = settings.REST_FRAMEWORK["ALLOWED_VERSIONS"]


@cache
def document(version: str) -> dict:
    """Return the document of a version as plain data."""
    schema = SchemaGenerator(api_version=version).get_schema(request=None, public=True)
    return json.loads(OpenApiJsonRenderer().render(schema))
