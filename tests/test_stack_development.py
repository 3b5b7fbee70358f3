"""`make up`, where a Docker engine answers: the servers, the mail, the reloading."""

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
import requests

from .brokers import free_port
from .stacks import eventually
from .template import OPTIONS, bake, run

EMAIL = "demo@example.com"
PROBE = """
from django.http import HttpResponse

urlpatterns.insert(0, path("probe/", lambda request: HttpResponse("new")))
"""


class Development:
    """A project whose stack is started by make, on ports that are free."""

    def __init__(self, docker: str, project: Path) -> None:
        self.project = project
        self.port, self.mail_port = free_port(), free_port()
        self._docker = docker
        ports = f"['127.0.0.1:{self.mail_port}:8025']"
        override = f"services:\n  mailpit: {{ports: !override {ports}}}\n"
        if "rabbitmq" in (project / "compose.yaml").read_text("utf-8"):
            override += "  rabbitmq: {ports: !reset []}\n"
        (project / "compose.override.yaml").write_text(override)

    def make(self, target: str) -> None:
        made = run("make", target, f"PORT={self.port}", cwd=self.project)
        assert made.returncode == 0, made.stdout + made.stderr

    def manage(self, *command: str) -> str:
        inside = ("exec", "-T", "web", "python", "manage.py", *command)
        return self.compose(*inside)

    def compose(self, *command: str) -> str:
        done = run(self._docker, "compose", *command, cwd=self.project)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def ask(
        self, method: str, path: str, access: str = "", **body
    ) -> requests.Response:
        headers = {"Authorization": f"Bearer {access}"} if access else {}
        url = f"http://localhost:{self.port}{path}"
        return requests.request(
            method, url, json=body or None, headers=headers, timeout=30
        )

    def subjects(self) -> list[str]:
        """Of the e-mails to the demo account."""
        url = f"http://127.0.0.1:{self.mail_port}/api/v1/messages"
        return [
            message["Subject"]
            for message in requests.get(url, timeout=5).json()["messages"]
            if [to["Address"] for to in message["To"]] == [EMAIL]
        ]


@pytest.fixture(
    scope="module",
    params=[{}, dict.fromkeys(OPTIONS, False)],
    ids=["all on", "bare"],
)
def development(
    request, docker, images, template, tmp_path_factory
) -> Iterator[Development]:
    slug = f"nexus-{uuid4().hex[:8]}"
    folder = tmp_path_factory.mktemp("development")
    project = bake(template, folder, project_slug=slug, **request.param)
    stack = Development(docker, project)
    try:
        stack.make("up")
        yield stack
    finally:
        stack.compose("--profile", "*", "down", "--volumes", "--rmi", "local")
        run(docker, "image", "rm", f"{slug}:development", cwd=project)


def log_in(development: Development) -> str:
    said = development.manage("seed_demo")
    password = said.split("Password:")[1].strip()
    tokens = development.ask(
        "POST", "/api/v1/auth/login/", email=EMAIL, password=password
    )
    return tokens.json()["access"]


def test_what_was_done_becomes_an_email_and_outlives_the_stack(development):
    access = log_in(development)
    if (development.project / "apps" / "orders").is_dir():
        development.manage("seed")
        [product, *_] = development.ask("GET", "/api/v1/products/").json()["results"]
        lines = [{"product": product["slug"], "quantity": 1}]
        order = development.ask("POST", "/api/v1/orders/", access, lines=lines)
        assert order.status_code == 201, order.text
        address, subject = f"/api/v1/orders/{order.json()['reference']}/", "Your order"
    else:
        development.ask("POST", "/api/v1/auth/password/reset/", email=EMAIL)
        address, subject = "/api/v1/me/", "Reset your password"
    eventually(lambda: subject in development.subjects(), "no e-mail came")
    before = development.ask("GET", address, access)

    development.make("down")
    development.make("up")

    after = development.ask("GET", address, access)
    assert (before.status_code, after.json()) == (200, before.json())
    assert subject in development.subjects()
    parts = development.ask("GET", "/health/ready/").json()["parts"]
    assert set(parts.values()) == {"ok"}


def test_code_is_reloaded_and_files_belong_to_whoever_called_make(development):
    urls = development.project / "config" / "urls.py"
    assert development.ask("GET", "/probe/").status_code == 404
    urls.write_text(urls.read_text("utf-8") + PROBE)

    def reloaded() -> bool:
        try:
            return development.ask("GET", "/probe/").text == "new"
        except requests.ConnectionError:
            return False

    eventually(reloaded, "the change is not served")
    development.compose("exec", "-T", "web", "touch", "written-inside")
    owner = (development.project / "written-inside").stat()
    assert (owner.st_uid, owner.st_gid) == (os.getuid(), os.getgid())
