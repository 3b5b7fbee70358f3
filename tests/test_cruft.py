"""cruft: a project follows its template without losing its own edits."""

import shutil
import sys
from pathlib import Path

import pytest

from .template import PROJECT, run
from .test_git import git

CRUFT = str(Path(sys.executable).parent / "cruft")


@pytest.fixture
def repository(template, tmp_path) -> Path:
    """The template as a local git repository, one commit old."""
    folder = shutil.copytree(template, tmp_path / "template")
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all", "--force")
    git(folder, "commit", "--quiet", "--message", "A")
    return folder


def cruft(*arguments: str, cwd: Path):
    return run(CRUFT, *arguments, cwd=cwd)


def test_create_check_update(repository, tmp_path):
    created = cruft(
        *("create", str(repository), "--no-input", "--output-dir", str(tmp_path)),
        *("--extra-context", '{"project_slug": "shop", "use_celery": false}'),
        cwd=tmp_path,
    )
    assert created.returncode == 0, created.stdout + created.stderr
    project = tmp_path / "shop"
    git(project, "init", "--quiet")
    git(project, "add", "--all")
    git(project, "commit", "--quiet", "--message", "feat: start")
    assert cruft("check", cwd=project).returncode == 0

    own = project / "apps" / "core" / "models.py"
    own.write_text(own.read_text("utf-8") + "\n\n# An edit of the team.\n", "utf-8")
    git(project, "commit", "--quiet", "--all", "--message", "feat: own")
    env = repository / PROJECT / ".env.test"
    env.write_text("# A change of the template.\n" + env.read_text("utf-8"), "utf-8")
    (repository / PROJECT / "config" / "celery.py").write_text('"""New."""\n', "utf-8")
    git(repository, "commit", "--quiet", "--all", "--message", "B")

    assert cruft("check", cwd=project).returncode != 0
    updated = cruft("update", "--skip-apply-ask", cwd=project)
    assert updated.returncode == 0, updated.stdout + updated.stderr

    assert "A change of the template." in (project / ".env.test").read_text("utf-8")
    assert "An edit of the team." in own.read_text("utf-8")
    assert not (project / "config" / "celery.py").exists()
    assert not list(project.rglob("*.rej"))
    assert cruft("check", cwd=project).returncode == 0
