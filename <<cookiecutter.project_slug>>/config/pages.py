"""The landing page: where to go from here, and what the apps have to show."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

# Templates of the apps, each included as it is.
PARTS: list[str] = []
# % if cookiecutter.use_example
PARTS += ["catalog/landing.html"]
# % endif
# The name of a route, what it is called, what it is for; without a route, no link.
LINKS = [
    ("swagger-ui", "Swagger UI", "Log in and try each endpoint."),
    ("redoc", "ReDoc", "The whole API as one readable page."),
    ("schema", "OpenAPI schema", "The document that code generators read."),
    # % if cookiecutter.use_graphql
    (
        "graphql" if settings.GRAPHQL_PLAYGROUND else "",
        "GraphQL",
        "POST /graphql, with the tokens of REST.",
    ),
    # % endif
    ("admin:index", "Admin", "The data itself, for staff."),
    ("health-ready", "Health", "Whether every part answers."),
]


@require_safe
@conditional_page
@cache_control(public=True, no_cache=True)
def landing(request: HttpRequest) -> HttpResponse:
    """Say what runs here: the same to everyone, so that anyone may keep it."""
    context = {
        "title": settings.PROJECT_NAME,
        "description": settings.PROJECT_DESCRIPTION,
        "version": settings.PROJECT_VERSION,
        "links": LINKS,
        "parts": PARTS,
        "cache_seconds": settings.READ_CACHE_SECONDS,
    }
    return render(request, "core/landing.html", context)
