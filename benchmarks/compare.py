"""Asks the peers in turns, after comparing what they answer."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

import requests

from . import load, report
from .servers import Server
from .works import PEERS, WORKS, Work, check_bodies

# First requests may look up what is kept afterwards, in each worker.
_WARM = 8


def log_in(server: Server, member: dict[str, str]) -> requests.Session:
    """Return a session with a fresh access token; they live for ten minutes."""
    session = requests.Session()
    response = session.post(f"{server.url}/api/v1/auth/login/", json=member, timeout=60)
    response.raise_for_status()
    session.headers["Authorization"] = f"Bearer {response.json()['access']}"
    return session


@dataclass(frozen=True)
class Comparison:
    """One member of one shop, asked for at every server.

    `folder` gets the bodies to post; `orderable` are slugs of products that do not
    run out.
    """

    servers: dict[str, Server]
    member: dict[str, str]
    orderable: list[str]
    folder: Path

    def prepare(self) -> dict[str, dict[str, int]]:
        """Compare the answers; return the queries a request by work and peer.

        Raises:
            LoadError: the peers do not answer alike.
        """
        self._write_bodies()
        session = log_in(self.servers["nexus"], self.member)
        queries = {}
        for name, work in WORKS.items():
            urls = self._urls(work)
            if work.kind == "get" or work.query:
                check_bodies(session, work, urls)
            queries[name] = {
                peer: _queries(session, self._request(session, name, url))
                for peer, url in urls.items()
            }
        return queries

    def measure(
        self, *, rounds: int, seconds: int, progress: Callable[[str], None]
    ) -> dict[str, dict[str, list[report.Figures]]]:
        """Return what each round showed, by work and peer.

        Every round asks every peer, so that whatever else the machine does meets all
        of them. The first one warms caches, pools and plans, and is not counted.
        """
        runs = {name: {peer: [] for peer in work.peers} for name, work in WORKS.items()}
        for turn in range(rounds + 1):
            session = log_in(self.servers["nexus"], self.member)
            for name, work in WORKS.items():
                progress(f"round {turn} of {rounds}: {work.title}")
                for peer, url in self._urls(work).items():
                    figures = _measure(
                        self.servers[PEERS[peer].server],
                        self._request(session, name, url),
                        seconds if turn else 1,
                        work.connections,
                    )
                    if turn:
                        runs[name][peer].append(figures)
        return runs

    def _write_bodies(self) -> None:
        """Write what is posted: a file for each work, a body on each line."""
        orders = [{"lines": [{"product": s, "quantity": 1}]} for s in self.orderable]
        posted = {"login": [self.member], "order": orders}
        posted |= {
            name: [{"query": work.query}] for name, work in WORKS.items() if work.query
        }
        for name, bodies in posted.items():
            lines = "".join(f"{json.dumps(body)}\n" for body in bodies)
            (self.folder / name).write_text(lines, "utf-8")

    def _urls(self, work: Work) -> dict[str, str]:
        path = work.path.format(slug=self.orderable[0])
        return {
            peer: urljoin(
                f"{self.servers[PEERS[peer].server].url}/{PEERS[peer].prefix}/", path
            )
            for peer in work.peers
        }

    def _request(self, session, work: str, url: str) -> load.Request:
        headers = {"Authorization": session.headers["Authorization"]}
        if WORKS[work].kind == "conditional":
            etag = session.get(url, timeout=60).headers.get("ETag")
            headers |= {"If-None-Match": etag} if etag else {}
        posted = self.folder / work if WORKS[work].kind == "post" else None
        return load.Request(url, headers, posted)


def _queries(session: requests.Session, request: load.Request) -> int:
    headers = {**request.headers, "X-Count-Queries": "1"}
    for _ in range(_WARM):
        if request.bodies:
            body = json.loads(request.bodies.read_text("utf-8").splitlines()[0])
            response = session.post(request.url, json=body, headers=headers, timeout=60)
        else:
            response = session.get(request.url, headers=headers, timeout=60)
        if response.status_code >= 400:
            raise load.LoadError(f"{request.url}: {response.status_code}")
    return int(response.headers["X-Queries"])


def _measure(
    server: Server, request: load.Request, seconds: int, connections: int
) -> report.Figures:
    before = server.cpu_seconds()
    found = load.run(request, seconds=seconds, connections=connections)
    cpu = (server.cpu_seconds() - before) / found.requests
    server.settle()
    return report.Figures(found.throughput, found.p50, found.p99, cpu)
