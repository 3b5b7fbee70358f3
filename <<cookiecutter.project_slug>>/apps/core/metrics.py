"""GET /metrics for Prometheus: how many requests, how fast, and what waits.

It is there while METRICS_TOKEN is set, for whoever sends that as a Bearer token.
Counters of requests are django-prometheus'; METRICS_COLLECTORS names what apps add.
"""

import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_prometheus.exports import ExportToDjangoView
from prometheus_client import CollectorRegistry, generate_latest

from .errors import NotAuthenticated
from .http import json_error
from .views import not_found


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """All metrics in Prometheus' text format; 404 while they are off."""
    if not settings.METRICS_TOKEN:
        return not_found(request)
    sent = request.headers.get("Authorization", "")
    expected = f"Bearer {settings.METRICS_TOKEN}"
    if not secrets.compare_digest(sent.encode(), expected.encode()):
        return json_error(NotAuthenticated("Send METRICS_TOKEN as a Bearer token."))
    # Requests of all workers of this server, added up.
    response = ExportToDjangoView(request)
    response.write(generate_latest(_added()))
    return response


def _added() -> CollectorRegistry:
    registry = CollectorRegistry()
    for path in settings.METRICS_COLLECTORS:
        registry.register(import_string(path)())
    return registry
