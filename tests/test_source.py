"""The template's source as it lies: clean, valid, runnable, pinned."""

import ast
import re
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from environ import Env

from .conftest import TOGETHER
from .template import PROJECT, ROOT, run, tracked_files

BIN = Path(sys.executable).parent
INSIDE = ROOT / PROJECT
FILES = tracked_files()


def with_suffix(*suffixes: str) -> list[str]:
    return [name for name in FILES if name.endswith(suffixes)]


@pytest.mark.parametrize(
    ("folder", "command"),
    [
        (ROOT, ("black", "--check", ".")),
        (ROOT, ("isort", "--check-only", ".")),
        (ROOT, ("flake8",)),
        (INSIDE, ("isort", "--check-only", ".")),
        (INSIDE, ("flake8",)),
    ],
    ids=lambda value: value.name if isinstance(value, Path) else value[0],
)
def test_style(folder, command):
    result = run(str(BIN / command[0]), *command[1:], cwd=folder)

    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("name", with_suffix(".py"))
def test_python_is_valid_as_it_lies(name):
    ast.parse((ROOT / name).read_text("utf-8"))


@pytest.mark.parametrize("name", with_suffix(".toml"))
def test_toml_is_valid_as_it_lies(name):
    tomllib.loads((ROOT / name).read_text("utf-8"))


@pytest.mark.parametrize("name", with_suffix(".yaml", ".yml"))
def test_yaml_is_valid_as_it_lies(name):
    assert list(yaml.safe_load_all((ROOT / name).read_text("utf-8")))


def test_the_source_runs_as_it_lies(tmp_path):
    variables = {
        "TIME_ZONE": "UTC",
        "PYTHONDONTWRITEBYTECODE": "1",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}",
    }
    for command in ("check", "migrate"):
        result = run(sys.executable, "manage.py", command, cwd=INSIDE, **variables)
        assert result.returncode == 0, result.stderr


def test_hooks_use_the_versions_of_the_development_requirements():
    config = (ROOT / ".pre-commit-config.yaml").read_text("utf-8")
    listed = re.findall(r"additional_dependencies: \[(.*)]", config)
    pinned = {pin.strip() for pins in listed for pin in pins.split(",")}
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))

    assert pinned <= set(pyproject["dependency-groups"]["dev"])


def test_both_makefiles_install_the_same_uv():
    versions = {
        re.search(r"^UV_VERSION := (\S+)$", path.read_text("utf-8"), re.MULTILINE)[1]
        for path in (ROOT / "Makefile", INSIDE / "Makefile")
    }

    assert len(versions) == 1


def test_modules_that_one_worker_runs_are_there():
    assert [name for name in TOGETHER if not (ROOT / name).exists()] == []


def test_no_file_says_where_packages_came_from():
    for name in FILES:
        if name.startswith((f"{PROJECT}/requirements/", "requirements/")):
            assert "://" not in (ROOT / name).read_text("utf-8"), name


@pytest.mark.parametrize("name", with_suffix(".md"))
def test_links_between_documents_lead_somewhere(name):
    page = ROOT / name
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
        if not re.match(r"[a-z]+:|#", target) and "<<" not in target:
            path = page.parent / target.partition("#")[0]
            assert path.exists(), f"{name} links to {target}"


NOTES = [name for name in with_suffix(".md") if name.startswith("docs/notes/")]


@pytest.mark.parametrize("name", NOTES)
def test_notes_name_tests_and_files_that_exist(name):
    """Each idea of the hub is beside the code and the test that show it."""
    text = (ROOT / name).read_text("utf-8")
    sources = [(ROOT / file).read_text("utf-8") for file in with_suffix(".py")]
    quoted = re.findall(r"`([\w./:]+)`", text)

    for test in re.findall(r"\btest_\w+\b(?!\.py)", text):
        if f"{test}.py" not in text:
            assert any(f"def {test}(" in source for source in sources), test
    for path in (part.partition("::")[0] for part in quoted if "/" in part):
        if re.search(r"\.\w+$|/$", path) and not path.startswith("/"):
            assert any(f"/{path}" in f"/{file}" for file in FILES), path


EMAIL_ROWS = re.findall(
    r"^\| `EMAIL_URL=(\S+)` \| (.+) \|$",
    (ROOT / "docs/notes/email.md").read_text("utf-8"),
    re.MULTILINE,
)


@pytest.mark.parametrize(
    ("url", "said"), EMAIL_ROWS, ids=[row[0] for row in EMAIL_ROWS]
)
def test_each_email_url_gives_what_the_note_says(url, said):
    mail = Env.email_url_config(url)
    encryption = {"EMAIL_USE_TLS": "STARTTLS", "EMAIL_USE_SSL": "TLS"}
    host = mail["EMAIL_HOST"] and f"{mail['EMAIL_HOST']}:{mail['EMAIL_PORT'] or 25}"
    given = [
        mail["EMAIL_BACKEND"].split(".")[-2],
        host or mail["EMAIL_FILE_PATH"],
        next((name for key, name in encryption.items() if mail.get(key)), "none"),
        mail["EMAIL_HOST_USER"],
        mail["EMAIL_HOST_PASSWORD"],
    ]

    assert said.split(" | ") == [value or "-" for value in given]
