"""Containers: the image, its entrypoint, and the compose file of every combination."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from uuid import uuid4

import pytest
import yaml

from .stacks import eventually
from .template import OPTIONS, bake, production, run

BIN = Path(sys.executable).parent
YAML_RULES = (
    "{extends: default, rules: {document-start: disable, line-length: {max: 88}}}"
)
# What a working copy holds besides the project's own files.
LEFT_BEHIND = (
    ".env",
    ".env.production",
    ".git/config",
    ".venv/bin/python",
    "apps/.env",
    "apps/core/__pycache__/health.cpython-313.pyc",
    "celerybeat-schedule",
    "config/settings/.local.py.swp",
    "db.sqlite3",
    "db.sqlite3-wal",
    "htmlcov/index.html",
    "media/products/a.png",
    "private/exports/orders.csv",
    "staticfiles/admin/css/base.css",
)
NEEDED = ("apps/", "config/", "deploy/", "docker/", "requirements/")


@pytest.mark.parametrize(
    "command",
    [
        ("check-jsonschema", "--builtin-schema", "vendor.compose-spec", "compose.yaml"),
        ("yamllint", "--strict", "--config-data", YAML_RULES, "compose.yaml"),
        ("hadolint", "Dockerfile"),
        ("shellcheck", "docker/entrypoint.sh"),
    ],
    ids=lambda command: command[0],
)
def test_checkers_are_content(project, command):
    tool, *arguments = command
    result = run(str(BIN / tool), *arguments, cwd=project)

    assert result.returncode == 0, result.stdout + result.stderr


def compose(project: Path) -> dict:
    return yaml.safe_load((project / "compose.yaml").read_text("utf-8"))


def test_services_are_those_that_were_asked_for(project, combination):
    expected = {"web", "migrate", "postgres", "redis", "mailpit"}
    if combination["use_celery"]:
        expected |= {"worker", "beat", "flower", "rabbitmq"}

    assert set(compose(project)["services"]) == expected


def test_services_are_pinned_probed_and_closed(project):
    for name, service in compose(project)["services"].items():
        tag = service["image"].rpartition(":")[2]
        assert tag == "development" if "build" in service else re.search(r"\d", tag)
        # The one that ends by itself is waited for; all others are asked.
        assert ("test" in service["healthcheck"]) == (name != "migrate"), name
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))
        for other, dependency in service.get("depends_on", {}).items():
            done = "completed_successfully" if other == "migrate" else "healthy"
            assert dependency["condition"] == f"service_{done}"


def test_no_secret_stands_in_the_compose_file(project):
    """Passwords of local servers aside, which say what they are."""
    document = compose(project)

    for service in document["services"].values():
        if "build" in service:
            assert service["env_file"] == ".env"
        for name, value in service.get("environment", {}).items():
            assert not re.search(r"SECRET|_KEY$|TOKEN", name)
            if re.search(r"PASS", name) or re.search(r":[^/@]+@", value):
                assert "only-for-development" in value


def test_the_image_installs_what_was_locked_and_no_tools(project):
    dockerfile = (project / "Dockerfile").read_text("utf-8")
    installed = set(re.findall(r"--requirement (\S+)", dockerfile))

    locks = {f"requirements/{path.name}" for path in project.glob("requirements/*.txt")}
    assert installed == locks - {"requirements/dev.txt"}
    assert "--require-hashes" in dockerfile


def test_roles_of_the_entrypoint(project, combination):
    script = (project / "docker" / "entrypoint.sh").read_text("utf-8")
    roles = set(re.findall(r"^([a-z]+)\)$", script, re.MULTILINE))

    background = {"worker", "beat", "all"} if combination["use_celery"] else set()
    assert roles == {"web", "migrate", *background}


def sent(ignore: str, path: str) -> bool:
    """Whether the rules of a .dockerignore let a file into the build.

    As the engine reads them: the last rule that matches a path, or a folder above it,
    decides. https://docs.docker.com/build/concepts/context/#dockerignore-files
    """
    answer = True
    lines = [line.strip() for line in ignore.splitlines()]
    for line in lines:
        if not line or line.startswith("#"):
            continue
        rule = line.removeprefix("!").strip("/")
        parts = PurePosixPath(path)
        for candidate in (parts, *parts.parents[:-1]):
            if matches(rule.split("/"), str(candidate).split("/")):
                answer = line.startswith("!")
    return answer


def matches(rule: list[str], parts: list[str]) -> bool:
    if not rule:
        return not parts
    if rule[0] == "**":
        return any(matches(rule[1:], parts[start:]) for start in range(len(parts) + 1))
    return bool(
        parts and fnmatchcase(parts[0], rule[0]) and matches(rule[1:], parts[1:])
    )


def test_nothing_but_what_runs_is_sent_to_a_build(project):
    ignore = (project / ".dockerignore").read_text("utf-8")
    names = [
        path.relative_to(project).as_posix()
        for path in project.rglob("*")
        if path.is_file()
    ]

    context = {name for name in (*names, *LEFT_BEHIND) if sent(ignore, name)}

    assert not context & set(LEFT_BEHIND)
    assert not any("tests" in name.split("/") for name in context)
    assert "requirements/dev.txt" not in context
    others = {name for name in context if not name.startswith(NEEDED)}
    assert others == {"manage.py", "pyproject.toml"}
    # And all of that is sent.
    code = {name for name in names if name.startswith(NEEDED)}
    missing = {name for name in code - context if "tests" not in name.split("/")}
    assert missing == {
        "config/settings/test.py",
        "config/test_runner.py",
        "requirements/dev.txt",
    }


@pytest.fixture(scope="module")
def docker() -> str:
    """The docker command, where an engine answers."""
    found = shutil.which("docker")
    command = [found or "docker", "info", "--format", "{{.ServerVersion}}"]
    if not found or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("no Docker engine answers: images are not built, with CI neither")
    return found


@pytest.fixture(
    scope="module",
    params=[{}, dict.fromkeys(OPTIONS, False)],
    ids=["all on", "bare"],
)
def image(request, docker, template, tmp_path_factory) -> Iterator[str]:
    project = bake(template, tmp_path_factory.mktemp("image"), **request.param)
    (project / ".env").write_text("SECRET_KEY=of-the-developer\n")
    name = f"nexus-test-{uuid4().hex[:8]}"
    versions = ["--build-arg=VERSION=1.2.3", "--build-arg=COMMIT=abc"]
    built = run(docker, "build", "--tag", name, *versions, ".", cwd=project)
    assert built.returncode == 0, built.stderr
    yield name
    run(docker, "image", "rm", name, cwd=project)


def test_an_image_runs_read_only_as_nobody_and_ends_in_time(docker, image, tmp_path):
    def call(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
        return run(docker, *arguments, cwd=tmp_path, **environment)

    variables = production()
    options = ["--read-only", "--tmpfs=/tmp", "--cap-drop=ALL"]
    options += [f"--env={name}" for name in variables]
    started = call("run", "--detach", *options, image, **variables)
    assert started.returncode == 0, started.stderr
    container = started.stdout.strip()
    try:
        status = "{{.State.Health.Status}}"
        eventually(
            lambda: call("inspect", "--format", status, container).stdout.strip()
            == "healthy",
            "the image is not healthy",
        )
        assert call("exec", container, "id", "--user").stdout.strip() == "10001"
        first = call("exec", container, "cat", "/proc/1/cmdline").stdout
        assert "gunicorn" in first
        found = call("exec", container, "find", "/app", "-name", ".*")
        assert found.stdout == ""
        for tool in ("gcc", "uv"):
            assert call("exec", container, "which", tool).returncode

        call("stop", "--time", "20", container)
        exit_code = call("inspect", "--format", "{{.State.ExitCode}}", container)
        assert exit_code.stdout.strip() == "0"
    finally:
        call("rm", "--force", "--volumes", container)


def test_an_image_says_where_it_is_from_and_what_it_misses(docker, image, tmp_path):
    labels = "{{index .Config.Labels "
    for name, value in (("version", "1.2.3"), ("revision", "abc")):
        template_ = f'{labels}"org.opencontainers.image.{name}"}}}}'
        shown = run(docker, "inspect", "--format", template_, image, cwd=tmp_path)
        assert shown.stdout.strip() == value

    check = ("run", "--rm", image, "python", "manage.py", "check")
    refused = run(docker, *check, cwd=tmp_path)
    assert refused.returncode != 0
    assert "Set these environment variables to real values" in refused.stderr


def test_ci_builds_an_image_that_starts(docker, rehearse, tmp_path):
    rehearse("image")

    run(docker, "image", "rm", "smoke", cwd=tmp_path)
