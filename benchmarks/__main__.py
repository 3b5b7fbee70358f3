"""The baked project beside its peers: reads, writes, growth, background work.

    python -m benchmarks [--quick] [--python PYTHON] [--postgres URL] [--redis URL]

Bakes the default project, makes databases of its own, starts the servers on the
loopback, and writes Markdown with charts. Needs PostgreSQL, Redis, RabbitMQ and wrk;
`make bench` installs the peers. Nothing else should run on the machine meanwhile.
"""

import argparse
import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import redis

from tests.template import ROOT, bake, clean_environment, export

from . import bake as baking
from . import database, growth, load, report
from .background import Background
from .compare import Comparison, log_in
from .environments import Environments
from .servers import THREADS, WORKERS, Server, interpreter

# What is asked for the versions that the report names.
_PACKAGES = (
    "django djangorestframework django-ninja fastapi sqlalchemy gunicorn uvicorn celery"
)
_ASK = """
import importlib.metadata, platform, sys
versions = [f"{name} {importlib.metadata.version(name)}" for name in sys.argv[1:]]
print(", ".join([f"Python {platform.python_version()}", *versions]), end="")
"""


@dataclass(frozen=True)
class Plan:
    """How much of everything: products, rounds, seconds of each run, tasks."""

    sizes: tuple[int, ...]
    rounds: int
    seconds: int
    growth_rounds: int
    tasks: int
    bakes: int


FULL = Plan(
    (1_000, 100_000, 1_000_000),
    rounds=6,
    seconds=2,
    growth_rounds=5,
    tasks=500,
    bakes=5,
)
QUICK = Plan((1_000, 20_000), rounds=1, seconds=1, growth_rounds=1, tasks=300, bakes=1)


def say(text: str) -> None:
    print(f"{datetime.now():%H:%M:%S} {text}", file=sys.stderr, flush=True)


class Benchmark:
    """One run; databases, cached keys and servers are gone when it ends."""

    def __init__(self, options: argparse.Namespace, folder: Path) -> None:
        self.options = options
        self.plan = QUICK if options.quick else FULL
        self.folder = folder
        # Nobody else's: it names the project, and with that databases and cache keys.
        self.name = f"nexus-bench-{secrets.token_hex(4)}"
        password = secrets.token_urlsafe(16)
        self.member = {"email": "load@example.com", "password": password}
        self.environments = Environments(options.redis)
        self.databases = database.Databases(options.postgres, self.name)

    def run(self) -> report.Results:
        with ExitStack() as stack:
            stack.callback(self._forget)
            stack.enter_context(self.databases)
            say("baking the default project")
            template = export(self.folder / "template")
            self.project = bake(template, self.folder / "out", project_slug=self.name)
            self._fill()
            grown = self._grow()
            queries, figures = self._compare()
            tasks = self._work()
        say("timing bakes")
        empty, full = baking.measure(self.plan.bakes)
        return report.Results(
            date=f"{datetime.now(UTC):%Y-%m-%d}",
            command="make bench QUICK=1" if self.options.quick else "make bench",
            machine=self._machine(),
            products=self.plan.sizes[1],
            figures=figures,
            queries=queries,
            growth=grown,
            background=tasks,
            bake=full / empty,
        )

    def _fill(self) -> None:
        smallest, *larger = self.plan.sizes
        say(f"seeding {smallest:,} products")
        url = self.databases.create(smallest)
        database.seed(
            python=self.options.python,
            project=self.project,
            environment={**clean_environment(), **self.environments.project(url)},
            member=self.member,
        )
        for size in larger:
            database.multiply(
                self.databases.create(size, template=smallest),
                products=size,
                progress=lambda done, size=size: say(f"{done:,} of {size:,} products"),
            )

    def _grow(self) -> dict[str, dict[int, list[float]]]:
        servers = {}
        for size in self.plan.sizes:
            environment = self.environments.project(self.databases.url(size))
            servers[size] = Server(f"nexus-{size}", environment)
        with self._serving(servers.values()):
            return growth.measure(
                log_in(servers[self.plan.sizes[0]], self.member),
                {size: server.url for size, server in servers.items()},
                rounds=self.plan.growth_rounds,
                progress=lambda label: say(f"growth: {label}"),
            )

    def _compare(self):
        url = self.databases.url(self.plan.sizes[1])
        servers = {server.name: server for server in self.environments.servers(url)}
        orderable = database.orderable(url, products=500)
        database.review(url)
        with self._serving(servers.values()):
            comparison = Comparison(servers, self.member, orderable, self.folder)
            queries = comparison.prepare()
            figures = comparison.measure(
                rounds=self.plan.rounds, seconds=self.plan.seconds, progress=say
            )
        return queries, figures

    def _work(self) -> dict[str, list[float]]:
        return Background(
            python=self.options.python,
            project=self.project,
            environments=self.environments,
            databases=self.databases,
            folder=self.folder,
        ).measure(tasks=self.plan.tasks, rounds=self.plan.rounds, progress=say)

    def _serving(self, servers: Iterable[Server]) -> ExitStack:
        with ExitStack() as stack:
            for server in servers:
                say(f"starting {server.name}")
                stack.callback(server.stop)
                server.start(
                    python=self.options.python, project=self.project, logs=self.folder
                )
            return stack.pop_all()

    def _forget(self) -> None:
        client = redis.Redis.from_url(self.options.redis)
        for key in client.scan_iter(f"{self.name}:*", count=1000):
            client.delete(key)

    def _machine(self) -> dict[str, str]:
        command = [str(self.options.python), "-c", _ASK, *_PACKAGES.split()]
        packages = subprocess.run(command, check=True, capture_output=True, text=True)
        postgres = database.version(self.options.postgres)
        memory = redis.Redis.from_url(self.options.redis).info("server")
        return {
            "Software": packages.stdout,
            "Servers": f"PostgreSQL {postgres}, Redis {memory['redis_version']}",
            "Machine": f"{os.cpu_count()} cores for load, servers and databases",
            "Each server": f"{WORKERS} workers; gunicorn gthread x {THREADS} threads"
            f" with --reuse-port, or uvicorn; a pool of {THREADS} where there is one",
            "Load": f"wrk, {load.CONNECTIONS} connections, {self.plan.rounds} x"
            f" {self.plan.seconds} s each; growth: one connection;"
            f" background work: {self.plan.tasks:,} tasks, {self.plan.rounds} x",
        }


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    option = parser.add_argument
    option("--quick", action="store_true", help="few rows, short rounds: does it run?")
    python = ROOT / ".venv-bench" / "bin" / "python"
    option("--python", type=interpreter, default=python, help="what runs the servers")
    postgres = "postgres://postgres@127.0.0.1:5432"
    option("--postgres", default=postgres, help="where databases may be made")
    option("--redis", default="redis://127.0.0.1:6379/15", help="the cache")
    output = ROOT / "docs" / "benchmarks"
    option("--output", type=Path, default=output, help="where the report goes")
    return parser.parse_args()


def main() -> None:
    options = arguments()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        results = Benchmark(options, Path(folder)).run()
    report.write(results, options.output)
    for aim in report.aims(results):
        say(f"{'yes' if aim.met else 'no ':3} {aim.value:6.2f}  {aim.text}")
    minutes = (time.monotonic() - began) / 60
    say(f"{minutes:.1f} minutes; see {options.output / 'README.md'}")


if __name__ == "__main__":
    main()
