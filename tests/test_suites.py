"""The baked projects' own tests, on the embedded default and on real servers.

Each combination runs all of its tests on one of the two, the default one on both: on
servers in test_workflows.py, as its CI. Either way every pair of options is there, each
on or off.
"""

import os
import shutil
import socket
import sys
from uuid import uuid4

import pytest

from .template import COMBINATIONS, label, run

SERVERS = {"PostgreSQL": 5432, "Redis": 6379}
ON_SERVERS = [options for options in COMBINATIONS if sum(options.values()) == 1]
EMBEDDED = [options for options in COMBINATIONS if options not in ON_SERVERS]


def missing_servers(**more: int) -> list[str]:
    missing = []
    for name, port in (SERVERS | more).items():
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            missing.append(name)
    return missing


def need_servers(**more: int) -> None:
    """Skip a developer's test that cannot run here; CI never goes without it."""
    missing = missing_servers(**more)
    if missing and not os.environ.get("CI"):
        pytest.skip(f"{' and '.join(missing)} not running on this machine")
    assert not missing


@pytest.fixture
def copy(project, tmp_path):
    """The project in a folder that its tests may write to."""
    return shutil.copytree(project, tmp_path / "copy")


def assert_passes(project, *options: str, **environment: str) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    result = run(*command, *options, cwd=project, **environment)
    assert result.returncode == 0, result.stdout[-5000:] + result.stderr[-2000:]
    assert " passed" in result.stdout


@pytest.mark.parametrize("combination", EMBEDDED, ids=label, indirect=True)
def test_embedded(copy, combination):
    # Without servers on purpose: what needs one is skipped here, CI or not. The gate
    # of coverage has to hold all the same, since that is what users run first; it takes
    # as long again, so it is asked where everything is and where nothing is.
    gate = ["--cov"] if combination in (EMBEDDED[0], EMBEDDED[-1]) else []
    assert_passes(copy, *gate, CI="")


@pytest.mark.parametrize("combination", ON_SERVERS, ids=label, indirect=True)
def test_real_servers(copy, combination):
    broker = {"RabbitMQ": 5672} if combination["use_celery"] else {}
    need_servers(**broker)
    user = os.environ.get("POSTGRES_USER", "postgres")
    database = f"{label(combination).replace('+', '_')}_{uuid4().hex[:8]}"
    assert_passes(
        copy,
        DATABASE_URL=f"postgres://{user}@127.0.0.1:5432/{database}",
        CACHE_URL="redis://127.0.0.1:6379/9",
        CELERY_BROKER_URL="amqp://guest:guest@127.0.0.1:5672//" if broker else "",
    )


def test_manage_py_test_runs_the_same_suite(default_project, tmp_path):
    project = shutil.copytree(default_project, tmp_path / "copy")
    settings = {"DJANGO_SETTINGS_MODULE": "config.settings.test"}

    command = [sys.executable, "manage.py", "test", "tests/test_env.py"]
    result = run(*command, cwd=project, **settings)
    assert result.returncode == 0, result.stdout + result.stderr
    assert " passed" in result.stdout

    (project / "tests" / "test_failing.py").write_text("def test_it():\n    assert 0\n")
    command = [sys.executable, "manage.py", "test", "tests/test_failing.py"]
    assert run(*command, cwd=project, **settings).returncode != 0
