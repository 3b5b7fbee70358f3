"""How the template keeps what is made from code; bakes keep it up to date."""

import shutil
import sys

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


def test_the_hub_shows_the_diagram_of_the_whole_project(default_project, tmp_path):
    project = shutil.copytree(default_project, tmp_path / "copy")
    ours, theirs = (folder / "docs" / "diagrams" for folder in (ROOT, project))
    for name in ("erd.md", "erd.svg"):
        shutil.copy(ours / name, theirs / name)

    command = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", "diagram"]
    result = run(sys.executable, *command, "tests/test_artefacts.py", cwd=project)

    assert result.returncode == 0, result.stdout
    assert "2 passed" in result.stdout
