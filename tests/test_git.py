"""A baked project in git: what is tracked, and what its hooks let through."""

import shutil
import sys
from pathlib import Path

import pytest

from .template import run

BIN = Path(sys.executable).parent
IDENTITY = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "Ada"), ("EMAIL", "ada@example.com"))
}


def git(project: Path, *arguments: str):
    path = f"{BIN}:/usr/local/bin:/usr/bin:/bin"
    return run("git", *arguments, cwd=project, PATH=path, **IDENTITY)


@pytest.fixture(scope="module")
def repository(default_project, tmp_path_factory) -> Path:
    """A fresh bake after set-up: hooks installed, everything committed through them."""
    folder = tmp_path_factory.mktemp("git") / "copy"
    project = shutil.copytree(default_project, folder)
    git(project, "init", "--quiet")
    assert run(str(BIN / "pre-commit"), "install", cwd=project).returncode == 0
    git(project, "add", "--all")
    committed = git(project, "commit", "--message", "feat: start")
    assert committed.returncode == 0, committed.stdout + committed.stderr
    return project


def commit(project: Path, name: str, content: bytes):
    (project / name).parent.mkdir(parents=True, exist_ok=True)
    (project / name).write_bytes(content)
    git(project, "add", "--force", name)
    result = git(project, "commit", "--message", "feat: try")
    git(project, "reset", "--quiet", "--hard")
    return result


def test_every_hook_passes_on_a_fresh_bake(repository):
    result = run(str(BIN / "pre-commit"), "run", "--all-files", cwd=repository)

    assert result.returncode == 0, result.stdout
    assert "Failed" not in result.stdout
    assert result.stdout.count("Passed") >= 10


def test_a_good_change_is_committed(repository):
    result = commit(repository, "apps/core/fine.py", b'"""Fine."""\n')

    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(
    ("name", "content", "hook"),
    [
        (".env", b"SECRET_KEY=x\n", "no-env-file"),
        (".env.production", b"SECRET_KEY=x\n", "no-env-file"),
        ("apps/core/ugly.py", b"x=( 1,2 )\n", "black"),
        ("apps/core/unused.py", b'"""Unused."""\n\nimport os\n', "flake8"),
        ("apps/core/order.py", b"import sys\nimport os\nos, sys\n", "isort"),
        ("notes.txt", "grüße\n".encode("utf-16"), "utf-8"),
        ("notes.md", b"trailing  \n", "trailing-whitespace"),
        ("notes.md", b"no newline", "end-of-file"),
        ("key.txt", b"-----BEGIN " + b"RSA PRIVATE KEY-----\n", "private-keys"),
        ("notes.md", b"<<<<" + b"<<< HEAD\n", "merge-markers"),
        ("data.bin", bytes(1_100_000), "large-files"),
        (
            "apps/core/models.py",
            b'"""Up."""\n\nfrom apps.accounts import services\n\nservices\n',
            "import-linter",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_bad_change_is_refused(repository, name, content, hook):
    result = commit(repository, name, content)

    assert result.returncode != 0
    assert f"- hook id: {hook}\n" in result.stdout + result.stderr


def test_adding_everything_tracks_no_secret_and_nothing_made_here(repository):
    made = [
        ".env",
        "db.sqlite3",
        "db.sqlite3-wal",
        "media/upload.png",
        "staticfiles/admin.css",
        "apps/core/__pycache__/models.cpython-311.pyc",
        ".coverage",
        ".venv/bin/python",
        "celerybeat-schedule.db",
    ]
    for name in made:
        (repository / name).parent.mkdir(parents=True, exist_ok=True)
        (repository / name).write_bytes(b"x")

    git(repository, "add", "--all")
    status = git(repository, "status", "--porcelain").stdout

    for name in made:
        (repository / name).unlink()
    assert status == ""
