"""Containers: the image, its entrypoint, and the compose files of every combination.

The stacks themselves are started in test_stack_*.py.
"""

import os
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

DEVELOPMENT, PRODUCTION = "compose.yaml", "compose.production.yaml"
SERVICE = "deploy/service.yaml"
SUPERVISOR = "deploy/supervisord.conf"
# What a working copy holds besides the project's own files.
LEFT_BEHIND = (
    ".env",
    ".env.production",
    ".env.rehearsal",
    ".git/config",
    ".venv/bin/python",
    "apps/.env",
    "apps/core/__pycache__/health.cpython-313.pyc",
    "backups/2026-11-24T03-00-00Z.dump",
    "celerybeat-schedule",
    "config/settings/.local.py.swp",
    "db.sqlite3",
    "db.sqlite3-wal",
    "htmlcov/index.html",
    "media/products/a.png",
    "private/exports/orders.csv",
    "staticfiles/admin/css/base.css",
)
NEEDED = ("apps/", "config/", "docker/", "requirements/")


def services(project: Path, file: str = DEVELOPMENT) -> dict[str, dict]:
    """The services of a compose file, with what they take over by `extends`."""
    common = yaml.safe_load((project / SERVICE).read_text("utf-8"))["services"]

    def whole(service: dict) -> dict:
        if "extends" not in service:
            return service
        return merged(whole(common[service["extends"]["service"]]), service)

    document = yaml.safe_load((project / file).read_text("utf-8"))
    return {name: whole(service) for name, service in document["services"].items()}


def merged(base: dict, service: dict) -> dict:
    """As Compose does it: lists are joined, the rest is replaced."""
    both = {**base, **service}
    for name in base.keys() & service.keys():
        if isinstance(base[name], list):
            both[name] = [*base[name], *service[name]]
    return both


@pytest.mark.parametrize(
    ("file", "expected", "background"),
    [
        (
            DEVELOPMENT,
            {"web", "migrate", "postgres", "redis", "mailpit"},
            {"worker", "beat", "flower", "rabbitmq"},
        ),
        (
            PRODUCTION,
            {"proxy", "web-a", "web-b", "migrate", "postgres", "redis", "backup"},
            {"worker", "beat", "rabbitmq"},
        ),
    ],
    ids=[DEVELOPMENT, PRODUCTION],
)
def test_services_are_those_that_were_asked_for(
    project, combination, file, expected, background
):
    if combination["use_celery"]:
        expected = expected | background

    assert set(services(project, file)) == expected


@pytest.mark.parametrize("file", [DEVELOPMENT, PRODUCTION])
def test_services_are_pinned_probed_and_in_order(project, file):
    for name, service in services(project, file).items():
        tag = service["image"].rpartition(":")[2]
        ours = service["image"].startswith("${IMAGE") or tag == "development"
        assert ours or re.search(r"\d", tag), name
        # The one that ends by itself is waited for; all others are asked.
        assert ("test" in service["healthcheck"]) or name == "migrate", name
        for other, dependency in service.get("depends_on", {}).items():
            done = "completed_successfully" if other == "migrate" else "healthy"
            assert dependency["condition"] == f"service_{done}"


def test_one_service_builds_what_all_of_them_run(project):
    """Builds that give one name side by side fail where they meet."""
    parts = services(project)
    assert [name for name, service in parts.items() if "build" in service] == ["web"]

    sharing = {
        name
        for name, service in parts.items()
        if service["image"] == parts["web"]["image"]
    }
    assert sharing == {"web"} | parts.keys() & {"migrate", "worker", "beat"}


def test_development_is_open_to_this_machine_alone(project):
    for service in services(project).values():
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))


def test_production_is_closed_and_bounded(project):
    for name, service in services(project, PRODUCTION).items():
        assert ("ports" in service) == (name == "proxy"), name
        assert service["read_only"] and service["cap_drop"] == ["ALL"], name
        rights = ["NET_BIND_SERVICE"] if name == "proxy" else []
        assert service.get("cap_add", []) == rights, name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert set(service["deploy"]["resources"]["limits"]) == {
            "cpus",
            "memory",
            "pids",
        }
        assert {"max-size", "max-file"} == set(service["logging"]["options"]), name
        restart = "on-failure:3" if name == "migrate" else "unless-stopped"
        assert service["restart"] == restart


def test_the_networks_of_production_are_apart(project):
    text = (project / PRODUCTION).read_text("utf-8")
    document, parts = yaml.safe_load(text), services(project, PRODUCTION)
    assert document["networks"]["data"] == {"internal": True}

    members = {name: set(service["networks"]) for name, service in parts.items()}
    assert {name for name, nets in members.items() if "front" in nets} == {
        "proxy",
        "web-a",
        "web-b",
    }
    assert members["proxy"] == {"front"}
    for server in members.keys() & {"postgres", "redis", "rabbitmq", "backup"}:
        assert members[server] == {"data"}
    # Both webs are the same, and either can go.
    assert parts["web-a"] == parts["web-b"]


def test_every_volume_of_production_has_a_name(project):
    document = yaml.safe_load((project / PRODUCTION).read_text("utf-8"))

    used = {
        volume.partition(":")[0]
        for service in services(project, PRODUCTION).values()
        for volume in service.get("volumes", [])
        if not volume.startswith("./")
    }
    assert used == set(document["volumes"])


def test_no_secret_stands_in_the_compose_files(project):
    """Passwords of local servers aside, which say what they are."""
    for service in services(project).values():
        if service["image"].endswith(":development"):
            assert service["env_file"] == ".env"
        check_environment(service, allowed="only-for-development")
    for service in services(project, PRODUCTION).values():
        check_environment(service, allowed="_PASSWORD:?a password}")


def check_environment(service: dict, allowed: str) -> None:
    for name, value in service.get("environment", {}).items():
        assert not re.search(r"SECRET|_KEY$|TOKEN", name)
        if re.search(r"PASS|AUTH", name) or re.search(r":[^/@]+@", value):
            assert allowed in value


def test_the_proxy_takes_its_configuration(default_project, tmp_path):
    caddy = shutil.which("caddy")
    if not caddy:
        pytest.skip("no caddy here: where an engine answers, a stack starts it")
    validate = (caddy, "validate", "--config", "deploy/Caddyfile")
    variables = {"DOMAIN": "localhost", "XDG_DATA_HOME": str(tmp_path)}
    valid = run(*validate, cwd=default_project, **variables)
    formatted = run(caddy, "fmt", "--diff", "deploy/Caddyfile", cwd=default_project)

    assert valid.returncode == 0, valid.stderr
    assert not re.search(r"^[-+]", formatted.stdout, re.MULTILINE)


def locks(project: Path, *, of_tests: bool) -> set[str]:
    """Names of the requirement files that tests need, or of those that serve."""
    names = {f"requirements/{path.name}" for path in project.glob("requirements/*.txt")}
    tests = {name for name in names if re.search(r"/(dev|test-\w+)\.txt", name)}
    return tests if of_tests else names - tests


def test_the_image_installs_what_was_locked_and_no_tools(project):
    dockerfile = (project / "Dockerfile").read_text("utf-8")
    installed = set(re.findall(r"--requirement (\S+)", dockerfile))

    assert installed == locks(project, of_tests=False)
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
    assert not context & locks(project, of_tests=True)
    others = {name for name in context if not name.startswith(NEEDED)}
    assert others - {SUPERVISOR} == {"manage.py", "pyproject.toml"}
    # And all of that is sent.
    code = {name for name in names if name.startswith(NEEDED)}
    code |= {name for name in names if name == SUPERVISOR}
    missing = {name for name in code - context if "tests" not in name.split("/")}
    assert missing == {
        "config/settings/test.py",
        "config/test_runner.py",
        *locks(project, of_tests=True),
    }


def test_compose_takes_both_files(docker, project):
    (project / ".env").touch()
    settings = (sys.executable, "scripts/create_env.py", ".env.production")
    run(*settings, ".env.production.example", cwd=project)
    try:
        for command in (
            (docker, "compose", "--profile", "*", "config", "--quiet"),
            ("sh", "deploy/compose.sh", "config", "--quiet"),
        ):
            read = run(*command, cwd=project)
            assert (read.returncode, read.stderr) == (0, "")
    finally:
        (project / ".env").unlink()
        (project / ".env.production").unlink()


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ("start web-a beat", "up --detach --wait --no-deps --no-recreate web-a beat"),
        ("restart web-a", "restart web-a"),
        ("ps", "ps"),
    ],
)
def test_one_service_is_started_without_the_one_that_has_ended(
    default_project, tmp_path, given, taken
):
    """Compose's `start` asks for a container of migrate: "missing dependency"."""
    engine = tmp_path / "docker"
    engine.write_text('#!/bin/sh\necho "$@"\n')
    engine.chmod(0o755)
    command = ("sh", "deploy/compose.sh", *given.split())

    result = run(*command, cwd=default_project, PATH=f"{tmp_path}:/usr/bin:/bin")

    files = f"--env-file .env.production --file {PRODUCTION}"
    assert result.stdout == f"compose {files} {taken}\n", result.stderr


def test_start_wants_to_know_what(default_project):
    result = run("sh", "deploy/compose.sh", "start", cwd=default_project)

    assert result.returncode != 0
    assert "usage: deploy/compose.sh start SERVICE..." in result.stderr


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


def test_a_rehearsal_says_where_it_is_found(default_project, tmp_path):
    """On the port that it was given at first; nothing is started here."""
    project = shutil.copytree(default_project, tmp_path / "copy")
    (project / "deploy" / "release.sh").write_text("exit 0\n")
    docker = tmp_path / "bin" / "docker"
    docker.parent.mkdir()
    docker.write_text("#!/bin/sh\n")
    docker.chmod(0o755)
    path = f"{docker.parent}:{os.environ['PATH']}"

    for port in (9443, 9444):
        command = ["make", "prod-rehearsal", f"REHEARSAL_PORT={port}"]
        done = run(*command, cwd=project, PATH=path)

        assert done.returncode == 0, done.stderr
        found = re.findall(r"^https://\S+", done.stdout, re.MULTILINE)
        assert found == ["https://localhost:9443"]
