"""Swagger UI and ReDoc under the project's content security policy.

Everything they load is served from here. Both pages set inline styles, ReDoc starts
a worker from a blob, and nothing else is let in.
"""

from functools import cache
from pathlib import Path

from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_update
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import cache_control
from drf_spectacular.views import SpectacularRedocView, SpectacularSwaggerSplitView

_INLINE_STYLES = {"style-src": [SELF, UNSAFE_INLINE]}
_REDOC_BUNDLE = "drf_spectacular_sidecar/redoc/bundles/redoc.standalone.js"
_REDOC_LOGO = "https://cdn.redoc.ly/redoc/logo-mini.svg"
_NO_LOGO = "data:,"


@method_decorator(csp_update(_INLINE_STYLES), name="dispatch")
class SwaggerUIView(SpectacularSwaggerSplitView):
    """Swagger UI; its start script is a request of its own, never inline."""


@method_decorator(
    csp_update({**_INLINE_STYLES, "worker-src": ["blob:"]}), name="dispatch"
)
class ReDocView(SpectacularRedocView):
    """ReDoc, from a template without the web fonts of a third party."""

    template_name = "core/redoc.html"


@cache_control(public=True, max_age=24 * 60 * 60)
def redoc_script(request: HttpRequest) -> HttpResponse:
    """ReDoc's bundle without the logo that it would fetch from its maker's CDN."""
    return HttpResponse(_redoc_bundle(), content_type="text/javascript; charset=utf-8")


@cache
def _redoc_bundle() -> str:
    text = Path(finders.find(_REDOC_BUNDLE) or _REDOC_BUNDLE).read_text("utf-8")
    return text.replace(_REDOC_LOGO, _NO_LOGO)
