"""Which renderer answers: there is one, and nearly every client takes it."""

from rest_framework.negotiation import DefaultContentNegotiation


class ContentNegotiation(DefaultContentNegotiation):
    """DRF's own, which is asked only where there is something to choose."""

    def select_renderer(self, request, renderers, format_suffix=None):
        media_type = renderers[0].media_type
        takes_it = request.META.get("HTTP_ACCEPT", "*/*") in ("*/*", media_type)
        if takes_it and len(renderers) == 1 and format_suffix is None:
            return renderers[0], media_type
        return super().select_renderer(request, renderers, format_suffix)
