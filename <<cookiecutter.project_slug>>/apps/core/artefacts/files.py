"""Which artefacts there are, and what they would hold if they were made now."""

from collections.abc import Callable

from . import erd, graphviz, mermaid, openapi
from .postman import collection, environment

ERD_PAGE = "docs/diagrams/erd.md"
ERD_DRAWING = "docs/diagrams/erd.svg"
POSTMAN: dict[str, Callable[[dict], dict]] = {
    "docs/api/postman_collection.json": collection,
    "docs/api/postman_environment.json": environment,
}


def erd_page() -> str:
    models = erd.own_models()
    return mermaid.page(erd.entities(models), erd.relations(models))


def erd_drawing() -> str:
    """Return the SVG.

    Raises:
        FileNotFoundError: Graphviz is not installed.
    """
    models = erd.own_models()
    return graphviz.svg(erd.entities(models), erd.relations(models))


def erd_mark() -> str:
    """Return what an SVG that is up to date has in it."""
    models = erd.own_models()
    return graphviz.mark(erd.entities(models), erd.relations(models))


def openapi_path(version: str) -> str:
    """Return the file of a version: the first one's has the plain name."""
    suffix = "" if version == openapi.VERSIONS[0] else f"-{version}"
    return f"docs/api/openapi{suffix}.yaml"


def postman_data(path: str) -> dict:
    documents = {version: openapi.document(version) for version in openapi.VERSIONS}
    return POSTMAN[path](documents)
