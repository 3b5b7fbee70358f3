"""What is made from the code for people to read is up to date: `make artefacts`."""

import json

import pytest
import yaml

from apps.core.artefacts import files, openapi
from config.env import BASE_DIR

STALE = "It is out of date: run `make artefacts`."


@pytest.mark.parametrize("version", openapi.VERSIONS)
def test_openapi(version):
    text = (BASE_DIR / files.openapi_path(version)).read_text("utf-8")

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    assert yaml.load(text, loader) == openapi.document(version), STALE


# % if cookiecutter.use_graphql
def test_graphql_schema():
    from apps.core.artefacts import graphql

    assert (BASE_DIR / graphql.PATH).read_text("utf-8") == graphql.text(), STALE


# % endif
@pytest.mark.parametrize("path", files.POSTMAN)
def test_postman(path):
    written = json.loads((BASE_DIR / path).read_text("utf-8"))

    assert written == files.postman_data(path), STALE


def test_er_diagram():
    assert (BASE_DIR / files.ERD_PAGE).read_text("utf-8") == files.erd_page(), STALE


def test_drawing_of_the_er_diagram():
    """Where there is one: it needs Graphviz, so not everybody makes it."""
    for drawing in BASE_DIR.glob(files.ERD_DRAWING):
        assert files.erd_mark() in drawing.read_text("utf-8"), STALE


def test_every_version_has_a_document():
    written = {path.name for path in (BASE_DIR / "docs" / "api").glob("*.yaml")}

    assert written == {
        files.openapi_path(version).rpartition("/")[2] for version in openapi.VERSIONS
    }
