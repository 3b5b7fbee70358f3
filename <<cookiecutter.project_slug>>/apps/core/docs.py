"""Swagger UI and ReDoc under the project's content security policy.

Everything they load is served from here. Both pages set inline styles, ReDoc starts
a worker from a blob, and nothing else is let in.
"""

from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_update
from django.utils.decorators import method_decorator
from drf_spectacular.views import SpectacularRedocView, SpectacularSwaggerSplitView

_INLINE_STYLES = {"style-src": [SELF, UNSAFE_INLINE]}


@method_decorator(csp_update(_INLINE_STYLES), name="dispatch")
class SwaggerUIView(SpectacularSwaggerSplitView):
    """Swagger UI; its start script is a request of its own, never inline."""


@method_decorator(
    csp_update({**_INLINE_STYLES, "worker-src": ["blob:"]}), name="dispatch"
)
class ReDocView(SpectacularRedocView):
    """ReDoc, from a template without the web fonts of a third party."""

    template_name = "core/redoc.html"
