"""Migrations that would lock tables or break the running version are refused; two that
are run at the same moment take turns."""

import shutil
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest

from .stacks import USER, database_create, database_drop
from .template import clean_environment, run
from .test_processes import MAKE
from .test_suites import need_servers

# The linter looks at what was applied, and writes nothing.
SERVER = {
    "DATABASE_URL": f"postgres://{USER}@127.0.0.1:5432/postgres",
    "DJANGO_SETTINGS_MODULE": "config.settings.test",
    "PYTHONDONTWRITEBYTECODE": "1",
}
MIGRATION = """
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("accounts", "0001_initial")]
    operations = [{operation}]
"""
NICKNAME = "model_name='user', name='nickname', field=models.CharField(max_length=9{})"
INDEX = "model_name='user', index=models.Index(fields=['email'], name='user_email')"


@pytest.fixture(scope="module")
def copy(default_project, tmp_path_factory) -> Path:
    need_servers()
    return shutil.copytree(default_project, tmp_path_factory.mktemp("lint") / "copy")


def lint(project: Path, operation: str, app: str = "accounts"):
    migration = project / "apps" / app / "migrations" / "0002_try.py"
    migration.write_text(MIGRATION.format(operation=operation))
    command = [sys.executable, "manage.py", "lintmigrations", app, "0002_try"]
    return run(*command, cwd=project, **SERVER)


@pytest.mark.parametrize(
    ("operation", "reason"),
    [
        (f"migrations.AddField({NICKNAME.format(', default=str()')})", "NOT NULL"),
        ("migrations.RenameField('user', 'email', 'address')", "RENAMING columns"),
        ("migrations.RemoveField('user', 'email')", "DROPPING columns"),
        ("migrations.RenameModel('user', 'person')", "RENAMING tables"),
        (f"migrations.AddIndex({INDEX})", "CREATE INDEX locks table"),
        ("migrations.RunPython(lambda apps, editor: None)", "not reversible"),
    ],
    ids=lambda value: value.partition("(")[0] if "(" in value else value,
)
def test_refused(copy, operation, reason):
    result = lint(copy, operation)

    assert result.returncode == 1, result.stderr
    assert reason in result.stdout


@pytest.mark.parametrize(
    "operation",
    [
        f"migrations.AddField({NICKNAME.format(', null=True')})",
        f"migrations.AddField({NICKNAME.format(', db_default=str()')})",
        f"AddIndexConcurrently({INDEX})",
    ],
)
def test_let_through(copy, operation):
    result = lint(copy, operation)

    assert result.returncode == 0, result.stdout + result.stderr


def test_those_of_every_bake_pass(project):
    need_servers()
    command = [sys.executable, "manage.py", "lintmigrations"]

    result = run(*command, cwd=project, **SERVER)

    assert result.returncode == 0, result.stdout + result.stderr
    assert "Erroneous migrations: 0/" in result.stdout


def test_without_postgresql_it_says_so_and_ci_fails(default_project, tmp_path):
    environment = {"DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}"}

    def check(ci: str):
        command = (*MAKE, "migrations-check")
        return run(*command, cwd=default_project, CI=ci, **environment)

    local = check("")
    assert local.returncode == 0, local.stderr
    assert "Not linted: set DATABASE_URL" in local.stdout
    assert check("true").returncode != 0


def migrate_at_once(project: Path, url: str) -> list[str]:
    """Let two processes migrate one database, and return what both of them said."""
    processes = [
        subprocess.Popen(
            [sys.executable, "manage.py", "migrate", "--noinput"],
            cwd=project,
            env={**clean_environment(), "DATABASE_URL": url},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for _ in range(2)
    ]
    said = [process.communicate()[0] for process in processes]
    assert [process.returncode for process in processes] == [0, 0], "\n".join(said)
    return said


def test_two_at_once_take_turns(copy):
    url = f"postgres://{USER}@127.0.0.1:5432/turns_{uuid4().hex[:8]}"
    migration = copy / "apps" / "accounts" / "migrations" / "0002_try.py"
    # It waits for all who hold a snapshot: the one who waits must not.
    migration.write_text(MIGRATION.format(operation=f"AddIndexConcurrently({INDEX})"))
    database_create(url)
    try:
        said = sorted(migrate_at_once(copy, url), key=len)
    finally:
        database_drop(url)

    assert "Waiting for another migrate" in said[0]
    assert "No migrations to apply" in said[0]
    assert "accounts.0002_try... OK" in said[1]
