"""The template as a stranger gets it, and baking from it."""

import itertools
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from secrets import token_urlsafe

from cookiecutter.main import cookiecutter

ROOT = Path(__file__).resolve().parent.parent
PROJECT = "<<cookiecutter.project_slug>>"
OPTIONS = ("use_graphql", "use_celery", "use_example")
COMBINATIONS = [
    dict(zip(OPTIONS, values, strict=True))
    for values in itertools.product([True, False], repeat=len(OPTIONS))
]
DEFAULTS = json.loads((ROOT / "cookiecutter.json").read_text("utf-8"))


def label(combination: dict) -> str:
    """Name a combination by what is on: `graphql+celery`, `bare`."""
    on = [name.removeprefix("use_") for name, value in combination.items() if value]
    return "+".join(on) or "bare"


def tracked_files(folder: Path = ROOT) -> list[str]:
    """Paths that git tracks, or would after `git add -A`."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=folder, check=True, capture_output=True)
    names = listed.stdout.decode().split("\0")
    return sorted(name for name in names if name and (folder / name).exists())


def export(target: Path) -> Path:
    """Copy the template without what tools left in the working tree."""
    for name in tracked_files():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, target / name)
    return target


def bake(template: Path, output: Path, **answers) -> Path:
    """Bake a project and return its folder.

    Raises:
        KeyError: an answer that the template does not ask for. cookiecutter itself
            ignores those, so that a mistyped test would test the defaults.
    """
    unknown = set(answers) - {name for name in DEFAULTS if not name.startswith("_")}
    if unknown:
        raise KeyError(f"no such answers: {', '.join(sorted(unknown))}")
    return Path(
        cookiecutter(
            str(template),
            no_input=True,
            extra_context=answers,
            output_dir=str(output),
            accept_hooks=True,
        )
    )


def features() -> dict[str, list[str]]:
    """The table of `hooks/post_gen_project.py`: answer -> paths that belong to it."""
    source = (ROOT / "hooks" / "post_gen_project.py").read_text("utf-8")
    table = source[source.index("FEATURES") : source.index("\n}\n") + 3]
    scope: dict = {}
    exec(table, scope)
    return scope["FEATURES"]


def clean_environment() -> dict[str, str]:
    """This process's environment without what would configure a baked project."""
    ours = {"DATABASE_URL", "CACHE_URL", "STORAGE_URL", "EMAIL_URL"}
    ours |= {"CELERY_BROKER_URL", "DJANGO_SETTINGS_MODULE"}
    return {
        name: value
        for name, value in os.environ.items()
        if name not in ours and not name.startswith(("PYTEST_", "COV_", "GIT_"))
    }


def production(**environment: str) -> dict[str, str]:
    """Variables that production starts with; nobody answers at its addresses."""
    return {
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "PYTHONDONTWRITEBYTECODE": "1",
        "SECRET_KEY": token_urlsafe(48),
        "JWT_SIGNING_KEY": token_urlsafe(48),
        "ALLOWED_HOSTS": "api.example.com",
        "DATABASE_URL": "postgres://app:pw@localhost:5432/app",
        "CACHE_URL": "redis://localhost:6379/0",
        "EMAIL_URL": "smtp+tls://user:pw@localhost:587",
        "FRONTEND_URL": "https://app.example.com",
        "CELERY_BROKER_URL": "amqp://guest:guest@localhost:5672//",
        **environment,
    }


def variables_known(project: Path) -> set[str]:
    """The environment variables that a project reads."""
    source = (project / "config" / "env.py").read_text("utf-8")
    return set(re.findall(r'_env\.\w+\("(\w+)"', source))


def variables_required(project: Path) -> set[str]:
    """Those without which production does not start."""
    source = (project / "config" / "settings" / "production.py").read_text("utf-8")
    return set(re.findall(r'^    "([A-Z_]+)",$', source, re.MULTILINE))


def run(*command: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess:
    """Run a command in a project, apart from the settings of this test run."""
    return subprocess.run(
        command,
        cwd=cwd,
        env={**clean_environment(), **environment},
        capture_output=True,
        text=True,
    )


def check(folder: Path, tool: str, *arguments: str) -> None:
    """Have a tool of the template's own environment find nothing wrong."""
    result = run(str(Path(sys.executable).parent / tool), *arguments, cwd=folder)
    assert result.returncode == 0, result.stdout + result.stderr
