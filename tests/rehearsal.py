"""Run a job of a workflow on this machine: its steps, in order, in a clean clone.

A step sees what a runner would give it and nothing else: the workflow's own variables
and GitHub's. Services are those of this machine, on their usual ports; a database gets
a name of its own.
"""

import itertools
import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import psycopg

from .brokers import free_port

UV = Path(sys.executable).parent / "uv"
SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
USER = os.environ.get("POSTGRES_USER", "postgres")
SERVER = f"postgres://{USER}@127.0.0.1:5432"
# Where each image's server is on this machine.
PORTS = {"postgres": 5432, "redis": 6379, "rabbitmq": 5672}
# What belongs to the machine and not to the workflow: its way to the packages and to
# the Docker engine.
MACHINE = re.compile(r"HOME|(PIP|UV|DOCKER)_.*|SSL_CERT_.*|.*_proxy", re.IGNORECASE)


# What is understood of a job and of a step.
JOB = {
    "env",
    "name",
    "permissions",
    "runs-on",
    "services",
    "steps",
    "strategy",
    "timeout-minutes",
}
STEP = {"env", "name", "run", "uses", "with"}


class StepFailed(Exception):
    """A step ended with an error; says which, and the end of what it said."""


def matrix(job: dict) -> list[dict]:
    """Return the entries of a job's matrix; one that is empty where it has none."""
    axes = job.get("strategy", {}).get("matrix", {})
    if unknown := axes.keys() & {"include", "exclude"}:
        raise KeyError(*unknown)
    return [dict(zip(axes, values)) for values in itertools.product(*axes.values())]


class Rehearsal:
    """A job, for one entry of its matrix."""

    def __init__(
        self, repository: Path, workflow: dict, name: str, entry: dict, folder: Path
    ):
        self.repository = repository
        self.job = workflow["jobs"][name]
        self.folder = folder
        self.workspace = folder / "workspace"
        self.context = {f"matrix.{key}": value for key, value in entry.items()}
        self.path = SYSTEM_PATH
        self.databases: dict[str, str] = {}
        self.variables = {**workflow.get("env", {}), **self.job.get("env", {})}
        self.actions: dict[str, Callable[[dict], None]] = {
            "actions/checkout": self._checkout,
            "actions/setup-python": self._setup_python,
            "actions/upload-artifact": self._upload_artifact,
            # The Makefile installs the uv it uses; the action keeps a cache.
            "astral-sh/setup-uv": lambda options: None,
        }

    def run(self) -> None:
        """Run every step.

        Raises:
            StepFailed: the first that fails.
            KeyError: a key, an action, a service or an expression that is not known
                here, so that none is left out unseen.
        """
        try:
            _refuse_unknown(self.job, JOB)
            self._start_services()
            self.workspace.mkdir()
            for step in self.job["steps"]:
                _refuse_unknown(step, STEP)
                if "uses" in step:
                    action = self.actions[step["uses"].partition("@")[0]]
                    action(self._rendered(step.get("with", {})))
                else:
                    self._run_step(step)
        finally:
            self._remove_databases()

    def _start_services(self) -> None:
        for service in self.job.get("services", {}).values():
            port = PORTS[service["image"].partition(":")[0]]
            assert service["ports"] == [f"{port}:{port}"]
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
            if name := service.get("env", {}).get("POSTGRES_DB"):
                self.databases[name] = f"rehearsal_{uuid4().hex[:8]}"
                _execute(f"CREATE DATABASE {self.databases[name]}")

    def _remove_databases(self) -> None:
        for name in self.databases.values():
            _execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def _run_step(self, step: dict) -> None:
        result = subprocess.run(
            ["bash", "-e", "-c", step["run"]],
            cwd=self.workspace,
            env=self._environment(step),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        if result.returncode:
            raise StepFailed(
                f"{step.get('name', step['run'])}\n{result.stdout[-5000:]}"
            )

    def _environment(self, step: dict) -> dict[str, str]:
        machine = {
            name: value for name, value in os.environ.items() if MACHINE.fullmatch(name)
        }
        own = self._rendered({**self.variables, **step.get("env", {})})
        return {
            **machine,
            "PATH": self.path,
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_SHA": _git(self.repository, "rev-parse", "HEAD"),
            "GITHUB_WORKSPACE": str(self.workspace),
            # A port that is free on a runner may be taken here.
            "SMOKE_PORT": str(free_port()),
            **{name: self._on_this_machine(value) for name, value in own.items()},
        }

    def _on_this_machine(self, value: str) -> str:
        for name, ours in self.databases.items():
            value = value.replace(
                f"postgres://postgres@127.0.0.1:5432/{name}", f"{SERVER}/{ours}"
            )
        return value

    def _rendered(self, values: dict) -> dict[str, str]:
        def value_of(match: re.Match) -> str:
            return str(self.context[match[1]])

        expression = re.compile(r"\${{ *(.*?) *}}")
        return {
            name: expression.sub(value_of, str(value)) for name, value in values.items()
        }

    def _checkout(self, options: dict) -> None:
        _git(self.repository, "clone", "--quiet", ".", str(self.workspace))

    def _setup_python(self, options: dict) -> None:
        """Put the version asked for first; where it is missing, that of the tests."""
        version = options["python-version"]
        # Under pyenv a name like python3.13 works where its version is chosen.
        chosen = {**os.environ, "PYENV_VERSION": version}
        find = (UV, "python", "find", "--system", "--no-python-downloads", version)
        answer = subprocess.run(find, env=chosen, capture_output=True, text=True)
        found = answer.stdout.strip()
        if not found:
            print(f"no Python {version} here: that of the tests")
        folder = self.folder / "python"
        folder.mkdir()
        for name in ("python", "python3"):
            base = found or f"{sys.base_prefix}/bin/python3"
            (folder / name).write_text(f'#!/bin/sh\nexec "{base}" "$@"\n')
            (folder / name).chmod(0o755)
        self.path = f"{folder}:{self.path}"

    def _upload_artifact(self, options: dict) -> None:
        assert list(self.workspace.glob(options["path"])), options["path"]


def _refuse_unknown(part: dict, known: set[str]) -> None:
    if unknown := ", ".join(part.keys() - known):
        raise KeyError(unknown)


def _git(folder: Path, *arguments: str) -> str:
    command = ["git", "-C", str(folder), *arguments]
    result = subprocess.run(command, check=True, capture_output=True, text=True)
    return result.stdout.strip()


def _execute(sql: str) -> None:
    with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as connection:
        connection.execute(sql)
