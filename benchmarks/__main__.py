"""The baked project beside its peers: throughput, latency, CPU, queries, growth.

    python -m benchmarks [--quick] [--python PYTHON] [--postgres URL] [--redis URL]

Bakes the default project, makes databases of its own, starts the servers on the
loopback, and writes Markdown with charts. Needs PostgreSQL, Redis and wrk; `make bench`
installs the peers. Nothing else should run on the machine meanwhile.
"""

import argparse
import json
import os
import secrets
import shlex
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import redis
import requests

from tests.template import ROOT, bake, clean_environment, export

from . import bake as baking
from . import database, growth, load, report
from .servers import THREADS, WORKERS, Server
from .works import PEERS, WORKS, Work, check_bodies

PREFIX = "nexus-bench"
# What is asked for the versions that the report names.
_PACKAGES = (
    "django djangorestframework django-ninja fastapi sqlalchemy gunicorn uvicorn"
)


@dataclass(frozen=True)
class Plan:
    """How much of everything: products, rounds, and seconds of each run."""

    sizes: tuple[int, ...]
    rounds: int
    seconds: int
    growth_rounds: int
    bakes: int


FULL = Plan((1_000, 100_000, 1_000_000), rounds=3, seconds=4, growth_rounds=3, bakes=5)
QUICK = Plan((1_000, 20_000), rounds=1, seconds=1, growth_rounds=1, bakes=1)


def say(text: str) -> None:
    print(f"{datetime.now():%H:%M:%S} {text}", file=sys.stderr, flush=True)


class Benchmark:
    def __init__(self, options: argparse.Namespace, folder: Path) -> None:
        self.options = options
        self.plan = QUICK if options.quick else FULL
        self.folder = folder
        self.name = f"{PREFIX}-{secrets.token_hex(4)}"
        self.member = {
            "email": "load@example.com",
            "password": secrets.token_urlsafe(16),
        }
        self.secrets = {
            "SECRET_KEY": secrets.token_urlsafe(48),
            "JWT_SIGNING_KEY": secrets.token_urlsafe(48),
        }
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
            figures, queries = self._compare()
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
            bake=full / empty,
        )

    def _fill(self) -> None:
        smallest, *larger = self.plan.sizes
        say(f"seeding {smallest:,} products")
        self.databases.create(smallest)
        database.seed(
            python=self.options.python,
            project=self.project,
            environment={**clean_environment(), **self._project(smallest)},
            member=self.member,
        )
        for size in larger:
            self.databases.create(size, template=smallest)
            database.multiply(
                self.databases.url(size),
                products=size,
                progress=lambda done, size=size: say(f"{done:,} of {size:,} products"),
            )

    def _grow(self) -> dict[str, dict[int, float]]:
        servers = {
            size: Server(f"nexus-{size}", self._project(size))
            for size in self.plan.sizes
        }
        with self._serving(servers.values()):
            return growth.measure(
                self._session(servers[self.plan.sizes[0]]),
                {size: server.url for size, server in servers.items()},
                rounds=self.plan.growth_rounds,
                seconds=1,
                progress=lambda label: say(f"growth: {label}"),
            )

    def _compare(self):
        size = self.plan.sizes[1]
        servers = {server.name: server for server in self._servers(size)}
        with self._serving(servers.values()):
            session = self._session(servers["nexus"])
            self._write_bodies(self.databases.url(size))
            slug = session.get(
                f"{servers['nexus'].url}/api/v1/products/", timeout=30
            ).json()["results"][0]["slug"]
            queries = {}
            for name, work in WORKS.items():
                urls = self._urls(work, servers, slug)
                if work.kind == "get":
                    check_bodies(session, work, urls)
                queries[name] = {
                    peer: self._queries(session, work, url)
                    for peer, url in urls.items()
                }
            runs = {name: {peer: [] for peer in WORKS[name].peers} for name in WORKS}
            # The first turn warms caches, pools and plans, and is not counted.
            for turn in range(self.plan.rounds + 1):
                session = self._session(servers["nexus"])
                for name, work in WORKS.items():
                    say(f"round {turn} of {self.plan.rounds}: {work.title}")
                    for peer, url in self._urls(work, servers, slug).items():
                        server = servers[PEERS[peer].server]
                        request = self._request(session, work, url)
                        seconds = self.plan.seconds if turn else 1
                        figures = _measure(server, request, seconds)
                        if turn:
                            runs[name][peer].append(figures)
            figures = {
                name: {peer: report.medians(found) for peer, found in peers.items()}
                for name, peers in runs.items()
            }
            return figures, queries

    def _urls(self, work: Work, servers: dict, slug: str) -> dict[str, str]:
        path = work.path.format(slug=slug)
        return {
            peer: f"{servers[PEERS[peer].server].url}/{PEERS[peer].prefix}/{path}"
            for peer in work.peers
        }

    def _request(self, session, work: Work, url: str) -> load.Request:
        headers = {"Authorization": session.headers["Authorization"]}
        if work.kind == "conditional":
            etag = session.get(url, timeout=30).headers.get("ETag")
            headers |= {"If-None-Match": etag} if etag else {}
        if work.kind in ("login", "order"):
            return load.Request(url, headers, self.folder / work.kind)
        return load.Request(url, headers)

    def _queries(self, session, work: Work, url: str) -> int:
        request = self._request(session, work, url)
        headers = {**request.headers, "X-Count-Queries": "1"}
        count = -1
        # The last of several: first requests may look up what is kept afterwards.
        for _ in range(8):
            if request.bodies:
                body = request.bodies.read_text("utf-8").splitlines()[0]
                headers["Content-Type"] = "application/json"
                response = session.post(url, data=body, headers=headers, timeout=30)
            else:
                response = session.get(url, headers=headers, timeout=30)
            if response.status_code >= 400:
                raise load.LoadError(f"{url}: {response.status_code} {response.text}")
            count = int(response.headers["X-Queries"])
        return count

    def _write_bodies(self, url: str) -> None:
        slugs = database.orderable(url, products=500)
        orders = [{"lines": [{"product": slug, "quantity": 1}]} for slug in slugs]
        for name, bodies in {"login": [self.member], "order": orders}.items():
            lines = "".join(f"{json.dumps(body)}\n" for body in bodies)
            (self.folder / name).write_text(lines, "utf-8")

    def _session(self, server: Server) -> requests.Session:
        """Log the member in: access tokens live for ten minutes."""
        session = requests.Session()
        response = session.post(
            f"{server.url}/api/v1/auth/login/", json=self.member, timeout=30
        )
        response.raise_for_status()
        session.headers["Authorization"] = f"Bearer {response.json()['access']}"
        return session

    def _serving(self, servers) -> ExitStack:
        stack = ExitStack()
        for server in servers:
            say(f"starting {server.name}")
            stack.callback(server.stop)
            try:
                server.start(
                    python=self.options.python, project=self.project, logs=self.folder
                )
            except BaseException:
                stack.close()
                raise
        return stack

    def _servers(self, size: int) -> list[Server]:
        shared = {**self.secrets, "DATABASE_URL": self.databases.url(size)}
        django = {**shared, "DJANGO_SETTINGS_MODULE": "benchmarks.peers.settings"}
        pool = str(THREADS)
        return [
            Server("nexus", self._project(size)),
            Server("cached", {**self._project(size), "READ_CACHE_SECONDS": "300"}),
            Server("drf", {**django, "PEER": "drf", "CONN_MAX_AGE": "0"}),
            Server("drf-persistent", {**django, "PEER": "drf", "CONN_MAX_AGE": "60"}),
            Server("ninja", {**django, "PEER": "ninja", "POOL": pool}),
            Server("fastapi", {**shared, "POOL": pool}),
            Server("bare", {**django, "PEER": "bare", "POOL": pool}),
        ]

    def _project(self, size: int) -> dict[str, str]:
        """The environment of the baked project in production, its read cache off."""
        return {
            **self.secrets,
            "DJANGO_SETTINGS_MODULE": "benchmarks.peers.nexus",
            "PYTHONPATH": str(ROOT),
            "DATABASE_URL": self.databases.url(size),
            "DATABASE_POOL_MAX_SIZE": str(THREADS),
            "CACHE_URL": self.options.redis,
            "READ_CACHE_SECONDS": "0",
            "ALLOWED_HOSTS": "127.0.0.1",
            "SECURE_SSL_REDIRECT": "False",
            "EMAIL_URL": "smtp://127.0.0.1:1",
            "FRONTEND_URL": "https://example.com",
            "CELERY_BROKER_URL": "amqp://guest:guest@127.0.0.1:5672//",
        }

    def _forget(self) -> None:
        client = redis.Redis.from_url(self.options.redis)
        for key in client.scan_iter(f"{self.name}:*", count=1000):
            client.delete(key)

    def _machine(self) -> dict[str, str]:
        ask = "import importlib.metadata as m, platform, sys\n"
        ask += "print('Python', platform.python_version(), end='')\n"
        ask += "for name in sys.argv[1:]: print(f', {name} {m.version(name)}', end='')"
        command = [str(self.options.python), "-c", ask, *_PACKAGES.split()]
        packages = subprocess.run(command, check=True, capture_output=True, text=True)
        server = database.version(self.options.postgres)
        memory = redis.Redis.from_url(self.options.redis).info("server")
        return {
            "Software": packages.stdout,
            "Servers": f"PostgreSQL {server}, Redis {memory['redis_version']}",
            "Machine": f"{os.cpu_count()} cores for load, servers and databases",
            "Each server": f"{WORKERS} workers; gunicorn gthread x {THREADS} threads"
            f" with --reuse-port, or uvicorn; a pool of {THREADS} where there is one",
            "Load": f"wrk, {load.CONNECTIONS} connections, {self.plan.rounds} x"
            f" {self.plan.seconds} s each; growth: one connection",
        }


def _measure(server: Server, request: load.Request, seconds: int) -> report.Figures:
    before = server.cpu_seconds()
    found = load.run(request, seconds=seconds)
    cpu = (server.cpu_seconds() - before) / found.requests
    return report.Figures(found.throughput, found.p50, found.p99, cpu)


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--quick", action="store_true", help="few rows, short rounds: does it run?"
    )
    parser.add_argument(
        "--python",
        type=Path,
        default=ROOT / ".venv-bench" / "bin" / "python",
        help="what runs the servers (.venv-bench/bin/python)",
    )
    parser.add_argument(
        "--postgres",
        default="postgres://postgres@127.0.0.1:5432",
        help="a server where databases may be made (%(default)s)",
    )
    parser.add_argument(
        "--redis", default="redis://127.0.0.1:6379/15", help="(%(default)s)"
    )
    parser.add_argument(
        "--output",
        type=Path,
        default=ROOT / "docs" / "benchmarks",
        help="the folder that the report goes to (docs/benchmarks)",
    )
    options = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        results = Benchmark(options, Path(folder)).run()
    report.write(results, options.output)
    for aim in report.aims(results):
        say(f"{'yes' if aim.met else 'no ':3} {aim.value:6.2f}  {aim.text}")
    minutes = (time.monotonic() - began) / 60
    say(f"{minutes:.1f} minutes; {shlex.quote(str(options.output))}/README.md")


if __name__ == "__main__":
    main()
