"""Hosts that run one container: the Blueprint and the Procfile, read and then started.

Fields of the Blueprint are those of https://render.com/docs/blueprint-spec.
"""

import os
import re
import shlex
import signal
import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
import requests
import yaml

from .brokers import PrivateRedis, free_port
from .stacks import USER, database_create, database_drop, eventually
from .template import OPTIONS, bake, run, variables_known, variables_required
from .test_storage import picture
from .test_suites import need_servers

SERVICE_FIELDS = {
    *("type", "name", "runtime", "plan", "dockerCommand", "autoDeployTrigger"),
    *("healthCheckPath", "maxShutdownDelaySeconds", "envVars"),
}
FIELDS = {
    "root": {"services", "databases", "envVarGroups", "projects", "previews"},
    "web": SERVICE_FIELDS,
    "worker": SERVICE_FIELDS - {"healthCheckPath"},
    "keyvalue": {"type", "name", "plan", "maxmemoryPolicy", "ipAllowList"},
    "database": {"name", "plan", "postgresMajorVersion", "ipAllowList"},
    "group": {"name", "envVars"},
}
VARIABLE_FIELDS = [
    {"fromGroup"},
    {"key", "value"},
    {"key", "generateValue"},
    {"key", "sync"},
    {"key", "fromDatabase"},
    {"key", "fromService"},
]
EMAIL, PASSWORD = "boss@example.com", "correct-horse-battery"
# A free web has 512, of which something stays for the system.
MOST_MEGABYTES = 450


def text(project: Path) -> str:
    return (project / "render.yaml").read_text("utf-8")


def larger(project: Path) -> str:
    """The Blueprint after the step that it describes: with workers of their own."""
    whole = text(project)
    block = re.search(r"^  # - type: worker\n(  #   .+\n)+", whole, re.MULTILINE)
    return whole.replace(block[0], block[0].replace("  # ", "  ")) if block else whole


@pytest.fixture(params=["as it is", "with workers"])
def blueprint(request, project, combination) -> dict:
    if request.param == "as it is":
        return yaml.safe_load(text(project))
    blueprint = yaml.safe_load(larger(project))
    kinds = [service["type"] for service in blueprint["services"]]
    assert kinds.count("worker") == combination["use_celery"]
    return blueprint


def variables(blueprint: dict) -> dict[str, list[dict]]:
    """The variables of each service, those of its groups included."""
    groups = {group["name"]: group["envVars"] for group in blueprint["envVarGroups"]}
    return {
        service["name"]: [
            variable
            for entry in service["envVars"]
            for variable in groups.get(entry.get("fromGroup"), [entry])
        ]
        for service in blueprint["services"]
        if "envVars" in service
    }


def test_fields_are_those_of_the_documentation(blueprint):
    assert blueprint.keys() <= FIELDS["root"]
    entries = [(service["type"], service) for service in blueprint["services"]]
    entries += [("database", database) for database in blueprint["databases"]]
    entries += [("group", group) for group in blueprint["envVarGroups"]]
    for kind, entry in entries:
        assert entry.keys() <= FIELDS[kind], entry["name"]
        assert kind in ("web", "worker") or entry.get("ipAllowList", []) == []
        for variable in entry.get("envVars", []):
            assert variable.keys() in VARIABLE_FIELDS, variable
    for service in blueprint["services"]:
        if service["type"] != "keyvalue":
            assert service["runtime"] == "docker"
            assert service["autoDeployTrigger"] == "checksPass"
            assert 1 <= service["maxShutdownDelaySeconds"] <= 300


def test_references_lead_somewhere(blueprint):
    services = {
        (service["type"], service["name"]): service for service in blueprint["services"]
    }
    databases = {database["name"] for database in blueprint["databases"]}
    for name, entries in variables(blueprint).items():
        keys = [entry["key"] for entry in entries]
        assert len(keys) == len(set(keys)), name
        for entry in entries:
            if reference := entry.get("fromDatabase"):
                assert reference["name"] in databases
                assert reference["property"] == "connectionString"
            if reference := entry.get("fromService"):
                assert (reference["type"], reference["name"]) in services
                key = reference.get("envVarKey")
                assert key in (None, entry["key"])
                assert (
                    key is None
                    or {"key": key, "sync": False}
                    in variables(blueprint)[reference["name"]]
                )


def test_it_is_free(project):
    blueprint = yaml.safe_load(text(project))

    plans = {entry["plan"] for entry in blueprint["services"] + blueprint["databases"]}
    assert plans == {"free"}


def test_the_project_gets_all_that_it_needs_and_knows(project, blueprint):
    known, required = variables_known(project), variables_required(project)

    for name, entries in variables(blueprint).items():
        keys = {entry["key"] for entry in entries}
        assert required <= keys <= known, name


def test_no_secret_stands_in_it(blueprint):
    for entries in variables(blueprint).values():
        for entry in entries:
            if re.search(r"KEY|PASSWORD|_URL$", entry["key"]):
                assert "value" not in entry


def test_the_button_leads_to_the_repository(project):
    readme = (project / "README.md").read_text("utf-8")

    # The default answers' owner.
    [address] = re.findall(r"\(https://render\.com/deploy\?repo=(.+?)\)", readme)
    pyproject = (project / "pyproject.toml").read_text("utf-8")
    assert f'repository = "{address}"' in pyproject


def image_environment(project: Path) -> dict[str, str]:
    """What the Dockerfile sets, for this machine's Python."""
    dockerfile = (project / "Dockerfile").read_text("utf-8")
    settings = re.search(r"DJANGO_SETTINGS_MODULE=(\S+)", dockerfile)[1]
    path = f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin"
    return {"DJANGO_SETTINGS_MODULE": settings, "PATH": path}


@pytest.fixture(
    params=[{}, dict.fromkeys(OPTIONS, False)],
    ids=["all on", "bare"],
)
def built(request, template, tmp_path) -> Path:
    """The project as it lies in an image."""
    need_servers()
    project = bake(template, tmp_path, **request.param)
    command = [sys.executable, "manage.py", "collectstatic", "--noinput"]
    done = run(*command, cwd=project, **image_environment(project))
    assert done.returncode == 0, done.stderr
    return project


@pytest.fixture
def answers(request, built, service, tmp_path) -> Iterator[dict[str, str]]:
    """What Render, or who is asked by it, fills in."""
    redis = PrivateRedis(tmp_path)
    redis.start()
    answers = {
        "fromDatabase": f"postgresql://{USER}@127.0.0.1:5432/host_{uuid4().hex[:8]}",
        "fromService": redis.url,
        "EMAIL_URL": f"filemail:///{tmp_path / 'mails'}",
        "FRONTEND_URL": "https://app.example.com",
        "STORAGE_URL": service.url("shop"),
        "DJANGO_SUPERUSER_EMAIL": EMAIL,
        "DJANGO_SUPERUSER_PASSWORD": PASSWORD,
    }
    if (built / "deploy" / "supervisord.conf").exists():
        broker = request.getfixturevalue("broker")
        broker.empty()
        answers["CELERY_BROKER_URL"] = broker.url
    database_create(answers["fromDatabase"])
    yield answers
    database_drop(answers["fromDatabase"])
    redis.stop()


def filled_in(entry: dict, answers: dict[str, str]) -> str:
    if "generateValue" in entry:
        return b64encode(os.urandom(32)).decode()
    for source in ("fromDatabase", "fromService"):
        if source in entry:
            return answers[source]
    return entry["value"] if "value" in entry else answers[entry["key"]]


class Container:
    """The processes of one command, in place of a container's."""

    def __init__(self, command: str, project: Path, log: Path, environment: dict):
        self.url = f"http://127.0.0.1:{environment['PORT']}"
        self.log = log
        with log.open("w") as output:
            self.process = subprocess.Popen(
                shlex.split(command),
                cwd=project,
                env=environment,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def call(
        self, method: str, path: str, access: str = "", **options
    ) -> requests.Response:
        """As the host hands a request on, of somebody who has logged in or not."""
        headers = {
            "Host": "shop.onrender.com",
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": "203.0.113.7, 198.51.100.7",
        }
        if access:
            headers["Authorization"] = f"Bearer {access}"
        options |= {"headers": headers, "timeout": 30}
        return requests.request(method, f"{self.url}{path}", **options)

    def healthy(self, path: str) -> bool:
        assert self.process.poll() is None, self.log.read_text("utf-8")
        try:
            return self.call("get", path).status_code == 200
        except requests.ConnectionError:
            return False

    def megabytes(self) -> float:
        """What all of it takes, what processes share counted once."""
        taken = 0
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if os.getsid(int(folder.name)) == self.process.pid:
                    sizes = (folder / "smaps_rollup").read_text()
                    taken += int(re.search(r"^Pss: +(\d+) kB", sizes, re.M)[1])
            except OSError:
                continue  # It has ended meanwhile.
        return taken / 1024


@contextmanager
def running(
    command: str, project: Path, log: Path, **environment: str
) -> Iterator[Container]:
    port = {"PORT": str(free_port()), "TMPDIR": str(log.parent)}
    environment = {**image_environment(project), **port, **environment}
    container = Container(command, project, log, environment)
    try:
        yield container
        container.process.send_signal(signal.SIGTERM)
        assert container.process.wait(timeout=60) == 0, log.read_text("utf-8")
    finally:
        if container.process.poll() is None:
            os.killpg(container.process.pid, signal.SIGKILL)
            container.process.wait()


def use_buckets(call: Callable[..., requests.Response]) -> None:
    """Have the web write and read files, and the worker as well."""
    [product] = call("get", "/api/v1/products/").json()["results"]
    path = f"/api/v1/products/{product['slug']}/image/"
    answer = call("put", path, files={"image": ("a.png", picture())})
    assert answer.status_code == 200, answer.text
    export = call("post", "/api/v1/exports/").headers["Location"]
    path = urlsplit(export).path
    eventually(
        lambda: call("get", path).json()["status"] == "done", "no export was made"
    )
    download = urlsplit(call("get", path).json()["download_url"])
    file = call("get", f"{download.path}?{download.query}")
    assert file.text.startswith("reference,")


def test_what_the_blueprint_starts_serves_within_its_memory(built, answers, tmp_path):
    blueprint = yaml.safe_load(text(built))
    [web] = [entry for entry in blueprint["services"] if entry["type"] == "web"]
    environment = {
        entry["key"]: filled_in(entry, answers)
        for entry in variables(blueprint)[web["name"]]
    }

    with running(
        web["dockerCommand"], built, tmp_path / "log", **environment
    ) as container:
        eventually(lambda: container.healthy(web["healthCheckPath"]), "not healthy")
        assert container.healthy("/health/ready/")
        login = {"email": EMAIL, "password": PASSWORD}
        answer = container.call("post", "/api/v1/auth/login/", json=login)
        assert answer.status_code == 200, answer.text
        if (built / "apps" / "exports").exists():
            seed = (sys.executable, "manage.py", "seed", "--products=1")
            made = run(*seed, cwd=built, **image_environment(built), **environment)
            assert made.returncode == 0, made.stderr
            use_buckets(partial(container.call, access=answer.json()["access"]))
        stranger = {"email": "ada@example.com", "password": PASSWORD}
        container.call("post", "/api/v1/auth/register/", json=stranger)
        mails = tmp_path / "mails"
        eventually(lambda: any(mails.glob("*")), "no e-mail came")
        for _ in range(50):
            container.call("get", "/api/schema/")
        taken = container.megabytes()

    assert taken < MOST_MEGABYTES
    assert PASSWORD not in (tmp_path / "log").read_text("utf-8")


def test_lines_of_the_procfile_start(built, answers, tmp_path):
    procfile = (built / "Procfile").read_text("utf-8")
    commands = dict(re.findall(r"^(\w+): (.+)$", procfile, re.MULTILINE))
    environment = {
        **answers,
        "DATABASE_URL": answers["fromDatabase"],
        "CACHE_URL": answers["fromService"],
        "SECRET_KEY": b64encode(os.urandom(32)).decode(),
        "JWT_SIGNING_KEY": b64encode(os.urandom(32)).decode(),
        "ALLOWED_HOSTS": ".onrender.com",
        "TRUSTED_PROXY_COUNT": "1",
    }

    release = run(
        *shlex.split(commands.pop("release")),
        cwd=built,
        **image_environment(built),
        **environment,
    )
    assert release.returncode == 0, release.stderr
    assert "was made" in release.stdout
    web = commands.pop("web")
    with running(web, built, tmp_path / "web", **environment) as container:
        eventually(lambda: container.healthy("/health/ready/"), "not ready")
    assert set(commands) <= {"worker", "beat"}
    for role, command in commands.items():
        with running(command, built, tmp_path / role, **environment):
            eventually((tmp_path / f"{role}.alive").exists, f"no {role}")
