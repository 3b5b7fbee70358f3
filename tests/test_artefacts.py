"""How the template keeps what is made from code; bakes keep it up to date."""

import shutil
import sys
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from scripts.artefacts import KEPT, merge, with_answers

from .template import ROOT, run

SHOP, MAIL = "use_example", "use_celery"
NEITHER, BOTH = frozenset(), frozenset({SHOP, MAIL})


def test_lines_that_need_an_option_are_marked():
    merged = merge(
        {
            BOTH: ["a", "b", "b", "c", "d", "e", "f"],
            frozenset({MAIL}): ["a", "b", "d", "e", "f"],
            frozenset({SHOP}): ["a", "b", "b", "e", "f"],
            NEITHER: ["a", "b", "f"],
        }
    )

    assert merged == [
        "a",
        "b",
        "# % if cookiecutter.use_example",
        "b",
        "# % endif",
        "# % if cookiecutter.use_celery and cookiecutter.use_example",
        "c",
        "# % endif",
        "# % if cookiecutter.use_celery",
        "d",
        "# % endif",
        "# % if cookiecutter.use_celery or cookiecutter.use_example",
        "e",
        "# % endif",
        "f",
    ]


def test_a_comma_that_only_an_option_needs_goes_with_it():
    shop = frozenset({SHOP})

    assert merge({shop: ["[", "1,", "2", "]"], NEITHER: ["[", "1", "]"]}) == [
        "[",
        "1<% if cookiecutter.use_example %>,<% endif +%>",
        "# % if cookiecutter.use_example",
        "2",
        "# % endif",
        "]",
    ]


def test_an_empty_line_after_a_mark_is_kept():
    merged = merge({frozenset({SHOP}): ["a", "", "b"], NEITHER: ["a"]})

    assert merged == [
        "a",
        "# % if cookiecutter.use_example",
        KEPT,
        "b",
        "# % endif",
    ]


def test_a_line_that_an_option_takes_away_is_refused():
    with pytest.raises(ValueError, match=r"Only with \[\]: .*'b'"):
        merge({frozenset({SHOP}): ["a", "c"], NEITHER: ["a", "b", "c"]})


def test_answers_stand_in_quotes_whether_the_artefact_has_them_or_not():
    texts = ["title: artefact title", '"name": "artefact title",']

    assert [with_answers(text) for text in texts] == [
        'title: "<< cookiecutter.__title_quoted >>"',
        '"name": "<< cookiecutter.__title_quoted >>",',
    ]


def artefacts_tested(project: Path, *options: str) -> CompletedProcess:
    command = ["-m", "pytest", "-q", "-p", "no:cacheprovider", *options]
    return run(sys.executable, *command, "tests/test_artefacts.py", cwd=project)


def test_a_change_of_the_api_alone_fails(default_project, tmp_path):
    """As `make test` says it of a pull request without `make artefacts`."""
    project = shutil.copytree(default_project, tmp_path / "copy")
    serializers = project / "apps" / "accounts" / "api" / "serializers.py"
    before = serializers.read_text("utf-8")
    after = before.replace("MAX_PASSWORD_LENGTH = 128", "MAX_PASSWORD_LENGTH = 127")
    assert after != before
    serializers.write_text(after, "utf-8")

    result = artefacts_tested(project)

    assert result.returncode == 1, result.stderr
    assert "It is out of date: run `make artefacts`." in result.stdout
    assert "FAILED tests/test_artefacts.py::test_openapi[v1]" in result.stdout


def test_the_hub_shows_the_diagram_of_the_whole_project(default_project, tmp_path):
    project = shutil.copytree(default_project, tmp_path / "copy")
    ours, theirs = (folder / "docs" / "diagrams" for folder in (ROOT, project))
    for name in ("erd.md", "erd.svg"):
        shutil.copy(ours / name, theirs / name)

    result = artefacts_tested(project, "-k", "diagram")

    assert result.returncode == 0, result.stdout
    assert "2 passed" in result.stdout
