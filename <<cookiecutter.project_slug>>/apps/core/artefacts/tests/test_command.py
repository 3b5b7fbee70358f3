"""`manage.py artefacts` writes files, and says what it could not make."""

import json
import shutil

import pytest
from django.core.management import CommandError, call_command

from .. import files
from ..openapi import VERSIONS


def test_the_schema_of_every_version_is_written(tmp_path):
    call_command("artefacts", "schema", into=tmp_path)

    for version in VERSIONS:
        text = (tmp_path / files.openapi_path(version)).read_text("utf-8")
        assert f"/api/{version}/me/:" in text


def test_a_missing_graphviz_is_named_once_everything_else_is_written(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(CommandError, match="install Graphviz"):
        call_command("artefacts", "postman", "erd", into=tmp_path)

    written = capsys.readouterr().out.split()
    assert written == [*files.POSTMAN, files.ERD_PAGE]
    assert (tmp_path / files.ERD_PAGE).read_text("utf-8") == files.erd_page()
    for path in files.POSTMAN:
        assert json.loads((tmp_path / path).read_text("utf-8"))


@pytest.mark.skipif(not shutil.which("dot"), reason="Graphviz is not installed")
def test_the_drawing_is_marked_with_what_it_shows(tmp_path):
    call_command("artefacts", "erd", into=tmp_path)

    assert files.erd_mark() in (tmp_path / files.ERD_DRAWING).read_text("utf-8")


def test_an_unknown_kind_is_refused():
    with pytest.raises(CommandError, match="invalid choice"):
        call_command("artefacts", "poem")
