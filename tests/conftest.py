"""Which worker runs which test, and the bakes that tests share."""

import os
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml
from xdist.scheduler import LoadScopeScheduling

from .brokers import RABBITMQ, PrivateRabbitMQ, PrivateS3, need
from .engine import engine, provide_images
from .rehearsal import Rehearsal, matrix
from .stacks import Stack
from .template import COMBINATIONS, ROOT, bake, export, label
from .test_git import git
from .test_suites import need_servers

# Of tests that take minutes: those of CI, of the projects' own suites, of faults.
LONG = ("rehearse", "copy", "stack")
# Modules that one worker runs: what they share is slow to start, and stacks of
# containers run one at a time. xdist's own marks do nothing with pytest 9.2:
# https://github.com/pytest-dev/pytest-xdist/issues/1386.
TOGETHER = {
    "tests/test_contract.py": "contract",
    "tests/test_git.py": "git",
    "tests/test_graphql.py": "graphql",
    "tests/test_pages.py": "pages",
    "tests/test_stack_development.py": "docker",
    "tests/test_stack_production.py": "docker",
}


class Scheduling(LoadScopeScheduling):
    """Hands out one test after the other, and modules of TOGETHER as a whole."""

    def _split_scope(self, nodeid: str) -> str:
        return TOGETHER.get(nodeid.partition("::")[0], nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log) -> Scheduling:
    return Scheduling(config, log)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Half as many again as there are cores: many tests wait for what they started."""
    return (os.cpu_count() or 1) * 3 // 2


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Start what takes minutes first: at the end other workers would wait for it."""

    def rank(item: pytest.Item) -> int:
        used = getattr(item, "fixturenames", ())
        return next((n for n, name in enumerate(LONG) if name in used), len(LONG))

    items.sort(key=rank)


@pytest.fixture(scope="session")
def template(tmp_path_factory) -> Path:
    """The template's files as git has them, free of caches and databases."""
    return export(tmp_path_factory.mktemp("template"))


@pytest.fixture
def baked(template, tmp_path):
    """Return a function that bakes a project from the given answers."""
    return lambda **answers: bake(template, tmp_path, **answers)


@pytest.fixture(scope="session", params=COMBINATIONS, ids=label)
def combination(request) -> dict:
    return request.param


@pytest.fixture(scope="session")
def shared(template, tmp_path_factory) -> Callable[..., Path]:
    """Return a function: the project of a combination, baked once.

    A fixture with a parameter is made anew whenever the parameter comes back.
    """

    @cache
    def baked_once(**combination: bool) -> Path:
        return bake(
            template, tmp_path_factory.mktemp(label(combination)), **combination
        )

    return baked_once


@pytest.fixture(scope="session")
def project(shared, combination) -> Path:
    """A project of each combination; tests leave it as it is."""
    return shared(**combination)


@pytest.fixture(scope="session")
def default_project(template, tmp_path_factory) -> Path:
    """The project of the default answers; tests leave it as it is."""
    return bake(template, tmp_path_factory.mktemp("default"))


@pytest.fixture(scope="session")
def docker() -> str:
    """The docker command, where an engine answers."""
    return engine()


@pytest.fixture(scope="session")
def images(docker, default_project) -> None:
    """Every image that the files of a project name."""
    provide_images(docker, default_project)


@pytest.fixture(scope="module")
def broker(tmp_path_factory) -> Iterator[PrivateRabbitMQ]:
    need(RABBITMQ)
    need_servers()
    server = PrivateRabbitMQ(tmp_path_factory.mktemp("rabbitmq"))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def service(tmp_path) -> Iterator[PrivateS3]:
    """A service that speaks S3."""
    server = PrivateS3(tmp_path)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def stack(default_project, broker, tmp_path) -> Iterator[Stack]:
    project = shutil.copytree(default_project, tmp_path / default_project.name)
    chaos = ROOT / "tests" / "chaos"
    shutil.copytree(chaos, project / "apps" / "chaos")
    shutil.move(
        project / "apps/chaos/settings.py", project / "config/settings/chaos.py"
    )
    stack = Stack(project, broker)
    stack.prepare()
    yield stack
    stack.remove()


@pytest.fixture(scope="session")
def committed(default_project, tmp_path_factory) -> Path:
    """The default bake, as it is committed."""
    folder = shutil.copytree(default_project, tmp_path_factory.mktemp("git") / "copy")
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "feat: start")
    return folder


@pytest.fixture
def rehearse(committed, tmp_path):
    """Return a function that runs a job of ci.yml; without a variable, if it is named.

    Of its matrix that is the last entry, the image's Python: test_suites.py and the
    template's own CI have the others.
    """
    need_servers(RabbitMQ=5672)
    ci = yaml.safe_load((committed / ".github/workflows/ci.yml").read_text("utf-8"))

    def run_job(name: str, without: str | None = None) -> None:
        if without:
            del ci["jobs"][name]["env"][without]
        entry = matrix(ci["jobs"][name])[-1]
        Rehearsal(committed, ci, name, entry, tmp_path).run()

    run_job.jobs = ci["jobs"]
    return run_job
