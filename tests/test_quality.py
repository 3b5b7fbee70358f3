"""The quality bar, on every combination: style, layers, settings, requirements."""

import os
import re
import sys
import tomllib
from pathlib import Path

import pytest

from .template import COMBINATIONS, bake, label, production, run
from .test_processes import MAKE

BIN = Path(sys.executable).parent


@pytest.mark.parametrize(
    "command",
    [
        ("black", "--check", "."),
        ("isort", "--check-only", "."),
        ("flake8",),
        ("lint-imports", "--no-cache"),
        ("python", "manage.py", "makemigrations", "--check", "--dry-run"),
        ("python", "manage.py", "check"),
    ],
    ids=lambda command: command[-1] if command[0] == "python" else command[0],
)
def test_clean(project, command):
    tool, *arguments = command
    # The project is shared: no database is to be left in it.
    environment = {
        "PYTHONDONTWRITEBYTECODE": "1",
        "DATABASE_URL": "sqlite://:memory:",
    }

    result = run(str(BIN / tool), *arguments, cwd=project, **environment)

    assert result.returncode == 0, result.stdout + result.stderr


# All off, and two between: the example has most of the optional lines. All on is
# checked in test_workflows.py, by the job of its CI.
TYPED = ["graphql+celery", "example", "bare"]


def types_check(project: Path):
    # A cache saves nothing from one combination to the next.
    environment = {"MYPY_CACHE_DIR": os.devnull, "PYTHONDONTWRITEBYTECODE": "1"}
    return run(*MAKE, "types", cwd=project, **environment)


@pytest.mark.parametrize("typed", TYPED)
def test_types_hold(baked, typed):
    [answers] = [options for options in COMBINATIONS if label(options) == typed]

    result = types_check(baked(**answers))

    assert result.returncode == 0, result.stdout + result.stderr
    assert "Success: no issues found" in result.stdout


def test_wrong_types_are_found(baked):
    project = baked()
    mistakes = {
        "apps/accounts/roles.py": "def wrong() -> str:\n    return rank(MEMBER)",
        # The plugin alone knows what a model has.
        "apps/accounts/selectors.py": "def wrong() -> object:\n"
        "    return User.objects.filter(nickname='Jo')",
        # Services and selectors are annotated, others need not be.
        "apps/accounts/services/users.py": "def wrong(user):\n    return user",
    }
    for name, mistake in mistakes.items():
        with (project / name).open("a") as file:
            file.write(f"\n\n{mistake}\n")

    result = types_check(project)

    assert result.returncode != 0
    for name in mistakes:
        assert f"\n{name}:" in result.stdout


def test_ready_for_production(project):
    command = [sys.executable, "manage.py", "check", "--deploy"]
    result = run(*command, "--fail-level", "WARNING", cwd=project, **production())

    assert result.returncode == 0, result.stderr


def test_requirements_hold_what_was_asked_for(project, combination):
    """Each file on its own lists everything it needs, at one version throughout."""
    pyproject = tomllib.loads((project / "pyproject.toml").read_text("utf-8"))
    groups = pyproject["dependency-groups"]
    locks = {path.stem: path.read_text("utf-8") for path in project.glob("*/*.txt")}

    assert set(locks) == {"base", *groups}
    assert ("celery" in groups) == combination["use_celery"]
    assert ("graphql" in groups) == combination["use_graphql"]
    versions: dict[str, set[str]] = {}
    for text in locks.values():
        pins = re.findall(r"^([\w.-]+)(?:\[.*])?==(\S+)", text, re.MULTILINE)
        for name, version in pins:
            versions.setdefault(name, set()).add(version)
    assert all(len(found) == 1 for found in versions.values())


def test_requirements_install_together(project, tmp_path):
    """A resolver agrees, hashes and all, on a fresh environment."""
    venv = tmp_path / "venv"
    run(sys.executable, "-m", "venv", "--without-pip", str(venv), cwd=project)
    files = [f"--requirement={path}" for path in sorted(project.glob("*/*.txt"))]
    uv = [str(BIN / "uv"), "pip", "install", "--dry-run", "--require-hashes"]
    python = f"--python={venv / 'bin' / 'python'}"

    result = run(*uv, python, *files, cwd=project)

    assert result.returncode == 0, result.stderr


def test_plain_pip_installs_them_too(default_project, tmp_path):
    venv = tmp_path / "venv"
    run(sys.executable, "-m", "venv", str(venv), cwd=default_project)
    files = [f"--requirement={path}" for path in default_project.glob("*/*.txt")]
    pip = [str(venv / "bin" / "pip"), "install", "--dry-run", "--quiet"]

    result = run(*pip, "--require-hashes", *files, cwd=default_project)

    assert result.returncode == 0, result.stderr


def test_a_name_of_any_length_keeps_the_code_formatted(template, tmp_path):
    project = bake(
        template,
        tmp_path,
        project_slug="a" * 50,
        domain_name=".".join(["a" * 60] * 4),
        timezone="America/Argentina/ComodRivadavia",
    )

    for command in (("black", "--check", "."), ("flake8",)):
        result = run(str(BIN / command[0]), *command[1:], cwd=project)
        assert result.returncode == 0, result.stdout + result.stderr
