"""Answers: bad ones are refused by name, all others work and are shown as typed."""

import json
import os
import subprocess
import sys
import tomllib
import unicodedata
from ast import literal_eval
from pathlib import Path

import pytest
import yaml
from cookiecutter.exceptions import FailedHookException
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from .template import DEFAULTS, bake, run

FREE_TEXT = ("project_name", "description", "author_name")

BAD_ANSWERS = [
    *((name, "", "is empty") for name in FREE_TEXT),
    *((name, " \t ", "is empty") for name in FREE_TEXT),
    *((name, "one\ntwo", "control character") for name in FREE_TEXT),
    ("project_name", "bell\x07", "control character"),
    ("project_name", "line\u2028separator", "control character"),
    ("project_name", "x" * 201, "longer than"),
    ("project_slug", "My-Shop", "lower-case"),
    ("project_slug", "my shop", "lower-case"),
    ("project_slug", "1shop", "lower-case"),
    ("project_slug", "shop-", "lower-case"),
    ("project_slug", "sh_op", "lower-case"),
    ("project_slug", "shop\n", "lower-case"),
    ("project_slug", "a/b", "lower-case"),
    ("project_slug", "../shop", "lower-case"),
    ("project_slug", "x" * 51, "lower-case"),
    ("project_slug", "django", "reserved"),
    ("author_email", "nobody", "not an e-mail address"),
    ("author_email", "a@b", "not an e-mail address"),
    ("author_email", 'a"b@example.com', "not an e-mail address"),
    ("author_email", "a@example.com\n", "not an e-mail address"),
    ("github_owner", "-ada", "not a GitHub"),
    ("github_owner", "ada/shop", "not a GitHub"),
    ("domain_name", "https://example.com", "not a lower-case domain"),
    ("domain_name", "exa mple.com", "not a lower-case domain"),
    ("timezone", "Mars/Olympus", "not a known time zone"),
    ("timezone", "../UTC", "not a known time zone"),
]

HOSTILE = [
    'Ada\'s "Shop" \\ {{ x }} {% y %} $(id) `id` 🎉 ½ — ñ 日本',
    "'''\"\"\"",
    "\\",
    "\\u0041\\",
    "#!/bin/sh # % if <!-- -->",
    "<b>&amp;</b>",
    "  padded  ",
    "👩‍👩‍👧",
]


def settings_of(project: Path) -> list[str]:
    """Start the project's settings; return its name and description as they show."""
    code = "from config.settings.local import *; print(ascii([%s, %s]))"
    code %= ("PROJECT_NAME", "PROJECT_DESCRIPTION")
    result = run(sys.executable, "-W", "error", "-c", code, cwd=project)
    assert result.returncode == 0, result.stderr
    return literal_eval(result.stdout)


def documents_of(project: Path) -> list[list[str]]:
    """Return the name and description as the documents in `docs/api/` have them."""
    text = (project / "docs/api/postman_collection.json").read_text("utf-8")
    info = json.loads(text)["info"]
    found = [[info["name"], info["description"]]]
    for path in project.glob("docs/api/*.yaml"):
        head, *_ = path.read_text("utf-8").partition("\npaths:")
        info = yaml.safe_load(head)["info"]
        found.append([info["title"], info["description"]])
    return found


@pytest.mark.parametrize(("name", "answer", "problem"), BAD_ANSWERS)
def test_a_bad_answer_is_named_and_leaves_nothing(
    template, tmp_path, capfd, name, answer, problem
):
    slug = {} if name == "project_slug" else {"project_slug": "shop"}
    with pytest.raises((FailedHookException, FileNotFoundError)):
        bake(template, tmp_path, **{**slug, name: answer})

    lines = capfd.readouterr().err.splitlines()
    [line] = [line for line in lines if line.startswith(f"{name}: ")]
    assert problem in line
    assert "A good answer: " in line
    assert not list(tmp_path.iterdir())


def test_every_bad_answer_is_named_at_once(template, tmp_path, capfd):
    with pytest.raises(FailedHookException):
        bake(
            template, tmp_path, author_email="nobody", timezone="Mars", project_slug="a"
        )

    stderr = capfd.readouterr().err
    assert "author_email: " in stderr
    assert "timezone: " in stderr


def test_an_empty_slug_is_refused(template, tmp_path):
    with pytest.raises(Exception, match="."):
        bake(template, tmp_path, project_slug="")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("text", HOSTILE)
def test_free_text_is_shown_as_typed(template, tmp_path, text):
    answers = dict.fromkeys(FREE_TEXT, text)
    project = bake(template, tmp_path, project_slug="shop", **answers)

    typed = text.strip()
    assert settings_of(project) == [typed, typed]
    assert documents_of(project) == [[typed, typed]] * 3
    pyproject = tomllib.loads((project / "pyproject.toml").read_text("utf-8"))
    assert pyproject["project"]["authors"][0]["name"] == typed
    assert typed in (project / "README.md").read_text("utf-8")


def is_text(answer: str) -> bool:
    bad = {"Cc", "Zl", "Zp", "Cs", "Cn"}
    return bool(answer.strip()) and not any(
        unicodedata.category(character) in bad for character in answer
    )


# cookiecutter renders the answers it gets on the command line; typed ones it does not.
RENDERED = ("<<", "<%", "<#", "# %")


@given(
    name=st.sampled_from(FREE_TEXT),
    answer=st.text(max_size=60).filter(
        lambda text: not any(mark in text for mark in RENDERED)
    ),
)
@example(name="description", answer="\x85")
@example(name="author_name", answer="\ud83d")
@example(name="project_name", answer="a\u200b\ufeff")
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_free_text_is_refused_or_works(template, tmp_path_factory, name, answer):
    output = tmp_path_factory.mktemp("bake")
    answers = {"project_slug": "shop", name: answer}
    if not is_text(answer):
        with pytest.raises((FailedHookException, UnicodeEncodeError)):
            bake(template, output, **answers)
        assert not list(output.iterdir())
        return
    project = bake(template, output, **answers)

    title, summary = settings_of(project)
    pyproject = tomllib.loads((project / "pyproject.toml").read_text("utf-8"))
    author = pyproject["project"]["authors"][0]["name"]
    shown = {"project_name": title, "description": summary, "author_name": author}
    assert shown[name] == answer.strip()
    assert documents_of(project) == [[title, summary]] * 3


@given(
    name=st.sampled_from(
        ["project_slug", "author_email", "github_owner", "domain_name", "timezone"]
    ),
    answer=st.text(max_size=60).filter(
        lambda text: not any(mark in text for mark in RENDERED)
    ),
)
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_other_text_is_refused_or_works(template, tmp_path_factory, name, answer):
    output = tmp_path_factory.mktemp("bake")
    try:
        project = bake(template, output, **{"project_slug": "shop", name: answer})
    except Exception:
        assert not list(output.iterdir())
        return
    tomllib.loads((project / "pyproject.toml").read_text("utf-8"))
    compileall = run(sys.executable, "-m", "compileall", "-q", ".", cwd=project)
    assert compileall.returncode == 0, compileall.stdout


def test_answers_typed_at_the_prompt_are_taken_literally(template, tmp_path):
    title = "Typed << cookiecutter.nothing >> <% if %> # % if {{ x }} 🎉"
    answers = {
        "project_name": title,
        "project_slug": "typed",
        "use_graphql": "n",
        "use_celery": "n",
        "use_example": "n",
    }
    asked = [name for name in DEFAULTS if not name.startswith("_")]
    result = subprocess.run(
        [sys.executable, "-m", "cookiecutter", str(template), "-o", str(tmp_path)],
        input="".join(f"{answers.get(name, '')}\n" for name in asked),
        env={**os.environ, "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )

    assert result.returncode == 0, result.stderr
    assert settings_of(tmp_path / "typed")[0] == title


def test_every_answer_has_a_prompt():
    asked = {name for name in DEFAULTS if not name.startswith("_")}

    assert set(DEFAULTS["__prompts__"]) == asked


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Ada's Book Club!", "ada-s-book-club"),
        ("2048 & 10 more games", "more-games"),
        ("日本", "ri-ben"),
        ("🎉", "my-project"),
        ("long " * 20, "-".join(["long"] * 10)),
    ],
)
def test_the_slug_follows_from_the_name(baked, name, slug):
    assert baked(project_name=name).name == slug


def test_an_empty_name_is_named_even_without_a_slug(template, tmp_path, capfd):
    with pytest.raises(FailedHookException):
        bake(template, tmp_path, project_name=" ")

    assert "project_name: is empty. A good answer: " in capfd.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_mistyped_answer_is_refused_by_the_tests_themselves(baked):
    with pytest.raises(KeyError, match="use_grapql"):
        baked(use_grapql=False)
