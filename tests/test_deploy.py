"""scripts/deploy.sh: to a machine of our own over SSH, by a hook, or nowhere."""

import getpass
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
import yaml

from .brokers import free_port
from .template import run

SSHD = shutil.which("sshd", path=f"{os.environ['PATH']}:/usr/sbin")
IMAGE = "ghcr.io/ada/project-nexus:0123abc"
RELEASE = 'echo "$1" >released\n'
# Runs here what it is told to run there.
STAND_IN = '#!/bin/sh\nfor command; do :; done\nexec sh -c "$command"\n'


@pytest.fixture
def work(default_project, tmp_path) -> Path:
    """The project, with a release that only says what it was called with."""
    folder = tmp_path / "work"
    shutil.copytree(default_project / "scripts", folder / "scripts")
    (folder / "deploy").mkdir()
    (folder / "deploy" / "release.sh").write_text(RELEASE)
    (folder / "compose.production.yaml").write_text("services: {}\n")
    return folder


def deploy(work: Path, image: str = IMAGE, **variables: str):
    return run("sh", "scripts/deploy.sh", image, cwd=work, **variables)


def key(path: Path) -> str:
    """Make a pair of keys, and return the public one."""
    command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(path)]
    subprocess.run(command, check=True)
    return path.with_suffix(".pub").read_text()


@pytest.fixture
def host(tmp_path) -> Iterator[dict[str, str]]:
    """A machine to deploy to: what the environment "production" says of it."""
    if not SSHD:
        pytest.skip("no sshd: nothing is deployed over SSH, with CI neither")
    if os.geteuid() == 0:
        # It insists on one then.
        Path("/run/sshd").mkdir(exist_ok=True)
    port, etc = free_port(), tmp_path / "etc"
    etc.mkdir(mode=0o700)
    host_key = key(etc / "host")
    (etc / "authorized").write_text(key(etc / "user"))
    settings = {
        "AuthorizedKeysFile": etc / "authorized",
        "HostKey": etc / "host",
        "ListenAddress": f"127.0.0.1:{port}",
        "PasswordAuthentication": "no",
        "PidFile": "none",
        "StrictModes": "no",
        "UsePAM": "no",
    }
    config = "".join(f"{name} {value}\n" for name, value in settings.items())
    (etc / "sshd").write_text(config)
    with subprocess.Popen(
        [SSHD, "-D", "-e", "-f", etc / "sshd"], stderr=subprocess.PIPE, text=True
    ) as server:
        assert "listening" in server.stderr.readline()
        yield {
            "DEPLOY_SSH_TARGET": f"{getpass.getuser()}@127.0.0.1",
            "DEPLOY_SSH_PORT": str(port),
            "DEPLOY_SSH_KEY": (etc / "user").read_text(),
            "DEPLOY_SSH_KNOWN_HOSTS": f"[127.0.0.1]:{port} {host_key}",
            "DEPLOY_FOLDER": str(tmp_path / "served"),
        }
        server.terminate()


@pytest.fixture
def stand_in(tmp_path) -> dict[str, str]:
    """The same where there is no sshd: this machine, through something called ssh."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "ssh").write_text(STAND_IN)
    (folder / "ssh").chmod(0o755)
    return {
        "PATH": f"{folder}:{os.environ['PATH']}",
        "DEPLOY_SSH_TARGET": "ada@host",
        "DEPLOY_SSH_KEY": "a key",
        "DEPLOY_SSH_KNOWN_HOSTS": "a host",
        "DEPLOY_FOLDER": str(tmp_path / "served"),
    }


@pytest.fixture(params=["host", "stand_in"])
def reached(request) -> dict[str, str]:
    return request.getfixturevalue(request.param)


def test_over_ssh_the_host_gets_the_files_and_releases(work, reached, tmp_path):
    result = deploy(work, **reached)

    assert result.returncode == 0, result.stderr
    served = tmp_path / "served"
    assert (served / "compose.production.yaml").read_text() == "services: {}\n"
    assert (served / "released").read_text() == f"{IMAGE}\n"


def test_a_release_that_fails_fails_the_deployment(work, reached):
    (work / "deploy" / "release.sh").write_text("exit 3\n")

    assert deploy(work, **reached).returncode == 3


def test_a_host_with_another_key_is_not_believed(work, host, tmp_path):
    other = host["DEPLOY_SSH_KNOWN_HOSTS"].partition(" ")[0] + " " + key(tmp_path / "x")

    result = deploy(work, **{**host, "DEPLOY_SSH_KNOWN_HOSTS": other})

    assert result.returncode
    assert "Host key verification failed" in result.stderr
    assert not (tmp_path / "served").exists()


@pytest.mark.parametrize("name", ["DEPLOY_SSH_KEY", "DEPLOY_SSH_KNOWN_HOSTS"])
def test_half_a_configuration_is_named(work, name):
    variables = {
        "DEPLOY_SSH_TARGET": "app@127.0.0.1",
        "DEPLOY_SSH_KEY": "given",
        "DEPLOY_SSH_KNOWN_HOSTS": "given",
    }

    result = deploy(work, **{**variables, name: ""})

    assert result.returncode
    assert f"{name}: is not set" in result.stderr


class Hook(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.server.asked.append(self.path)
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *arguments) -> None:
        """Say nothing."""


@pytest.fixture
def hook() -> Iterator[HTTPServer]:
    with HTTPServer(("127.0.0.1", 0), Hook) as server:
        server.asked, server.status = [], 200
        server.url = f"http://127.0.0.1:{server.server_port}/deploy?key=s3cret"
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def test_a_hook_is_asked_and_stays_unsaid(work, hook):
    result = deploy(work, DEPLOY_HOOK_URL=hook.url)

    assert result.returncode == 0, result.stderr
    assert hook.asked == ["/deploy?key=s3cret"]
    assert "s3cret" not in result.stdout + result.stderr


def test_a_hook_that_refuses_fails_the_deployment(work, hook):
    hook.status = 404

    assert deploy(work, DEPLOY_HOOK_URL=hook.url).returncode


def test_a_hook_goes_forward_only(work, hook):
    result = deploy(work, DEPLOY_HOOK_URL=hook.url, GOING_BACK="yes")

    assert result.returncode
    assert "dashboard" in result.stderr
    assert not hook.asked


def test_nothing_configured_is_said_and_no_failure(work):
    result = deploy(work)

    assert result.returncode == 0
    assert "Nothing was deployed" in result.stdout
    assert IMAGE in result.stdout


def test_what_is_no_image_reaches_no_host(work, hook):
    result = deploy(work, "x; touch /tmp/y", DEPLOY_HOOK_URL=hook.url)

    assert result.returncode
    assert not hook.asked


def test_the_workflow_gives_what_the_script_reads(default_project):
    script = (default_project / "scripts" / "deploy.sh").read_text("utf-8")
    text = (default_project / ".github/workflows/deploy.yml").read_text("utf-8")
    [step] = [
        step
        for step in yaml.safe_load(text)["jobs"]["deploy"]["steps"]
        if "deploy.sh" in step.get("run", "")
    ]

    read = set(re.findall(r"\b(?:DEPLOY_\w+|GOING_BACK)\b", script))
    assert set(step["env"]) == read | {"COMMIT"}
    for name in read - {"GOING_BACK"}:
        assert re.fullmatch(r"\${{ (vars|secrets)\.%s }}" % name, step["env"][name])
