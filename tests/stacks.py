"""A baked project with all its servers and processes, for tests that break them."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import psycopg

from .brokers import PrivateRabbitMQ, PrivateRedis
from .template import clean_environment, run

WORKER = ("-m", "celery", "--app", "config", "worker", "--concurrency", "2")
BEAT = ("-m", "celery", "--app", "config", "beat")
USER = os.environ.get("POSTGRES_USER", "postgres")
PATIENCE_SECONDS = 90


class Stack:
    """A project with the app of faults in it, its servers, and what runs of it."""

    def __init__(self, project: Path, broker: PrivateRabbitMQ) -> None:
        self.project = project
        self.broker = broker
        self.redis = PrivateRedis(project.parent)
        self.database = f"postgres://{USER}@127.0.0.1:5432/chaos_{uuid4().hex[:8]}"
        self._processes: list[subprocess.Popen] = []

    @property
    def environment(self) -> dict[str, str]:
        return {
            "DJANGO_SETTINGS_MODULE": "config.settings.chaos",
            # All processes sign alike.
            "SECRET_KEY": "only-for-tests" * 4,
            "JWT_SIGNING_KEY": "only-for-tests" * 4,
            "DATABASE_URL": self.database,
            "CACHE_URL": self.redis.url,
            "CELERY_BROKER_URL": self.broker.url,
            "EMAIL_URL": f"filemail:///{self.project.parent / 'mails'}",
            # The probes' files.
            "TMPDIR": str(self.project.parent),
        }

    def prepare(self) -> None:
        self.redis.start()
        self.broker.empty()
        database_create(self.database)
        self.manage("migrate", "--verbosity", "0")
        self.query("CREATE TABLE effect (number integer NOT NULL)")

    def remove(self) -> None:
        self.end_all()
        self.redis.stop()
        database_drop(self.database)

    def query(self, sql: str) -> list[tuple]:
        with psycopg.connect(self.database, autocommit=True) as connection:
            cursor = connection.execute(sql)
            return cursor.fetchall() if cursor.description else []

    def effects(self) -> Counter:
        rows = self.query("SELECT number, count(*) FROM effect GROUP BY number")
        return Counter(dict(rows))

    def manage(self, *command: str) -> str:
        program = (sys.executable, "manage.py", *command)
        result = run(*program, cwd=self.project, **self.environment)
        assert result.returncode == 0, result.stdout + result.stderr
        return result.stdout

    def start(self, *command: str, log: str = "log") -> subprocess.Popen:
        """Start a program of the project's Python."""
        if command == WORKER:
            # Workers of one machine need names of their own.
            command += (f"--hostname={uuid4().hex}@%h",)
        return self.spawn(sys.executable, *command, log=log)

    def spawn(self, *command: str, log: str, **environment: str) -> subprocess.Popen:
        with (self.project.parent / log).open("a") as output:
            process = subprocess.Popen(
                command,
                cwd=self.project,
                env={**clean_environment(), **self.environment, **environment},
                stdout=output,
                stderr=output,
                # So that it can be killed with all its children.
                start_new_session=True,
            )
        self._processes.append(process)
        return process

    def kill(self, process: subprocess.Popen) -> None:
        # It may have ended by itself.
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        self._processes.remove(process)

    def end_all(self) -> None:
        for process in list(self._processes):
            self.kill(process)

    def log(self, name: str = "log") -> str:
        return (self.project.parent / name).read_text("utf-8")


def database_create(url: str) -> None:
    server, _, name = url.rpartition("/")
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")


def database_drop(url: str) -> None:
    server, _, name = url.rpartition("/")
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def eventually(condition, what: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, what
        time.sleep(0.2)
