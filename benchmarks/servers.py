"""Servers of the baked project and its peers, each a process group of its own."""

import os
import socket
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

import requests

from tests.template import clean_environment

WORKERS, THREADS = 2, 4
_START_SECONDS = 60
_SETTLE_SECONDS = 60
# How long a look at a server takes, and what it may use meanwhile: an idle one still
# looks after its workers.
_LOOK_SECONDS, _IDLE_TICKS = 0.1, 1
_TICKS = os.sysconf("SC_CLK_TCK")
# The production command. Without --reuse-port one worker often gets nearly all of the
# connections that are kept alive.
_GUNICORN = ["-m", "gunicorn", "benchmarks.peers.wsgi", "--worker-class=gthread"]
_GUNICORN += [f"--workers={WORKERS}", f"--threads={THREADS}", "--reuse-port"]
_GUNICORN += ["--log-level=warning", "--keep-alive=75", "--graceful-timeout=5"]
_UVICORN = ["-m", "uvicorn", "benchmarks.peers.fastapi_app:application"]
_UVICORN += ["--no-access-log", "--log-level=warning"]


def interpreter(path: str) -> Path:
    """Read a command line's Python: servers start in another folder than ours.

    Links stay links, since that of a virtual environment says which one it is.
    """
    return Path(path).absolute()


@dataclass
class Server:
    """A server on the loopback; `environment` says of which project."""

    name: str
    environment: dict[str, str]
    processes: list[subprocess.Popen] = field(default_factory=list)
    url: str = ""

    def start(self, *, python: Path, project: Path, logs: Path) -> None:
        """Start it in the baked project's folder and wait until it answers."""
        port = _free_port()
        self.url = f"http://127.0.0.1:{port}"
        environment = {**clean_environment(), **self.environment}
        log = logs / f"{self.name}.log"
        with log.open("w") as output:
            for command, sockets in self._commands(port):
                process = subprocess.Popen(
                    [str(python), *command],
                    cwd=project,
                    env=environment,
                    stdout=output,
                    stderr=output,
                    pass_fds=[listener.fileno() for listener in sockets],
                    start_new_session=True,
                )
                self.processes.append(process)
                for listener in sockets:
                    listener.close()
        self._wait(log)

    def stop(self) -> None:
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.wait(timeout=30)

    def settle(self) -> None:
        """Wait until it is idle.

        wrk does not wait for the last answers; a slow peer would work on them in the
        time of the next one.

        Raises:
            RuntimeError: it works on and on.
        """
        deadline = time.monotonic() + _SETTLE_SECONDS
        used = self.cpu_seconds()
        while time.monotonic() < deadline:
            time.sleep(_LOOK_SECONDS)
            before, used = used, self.cpu_seconds()
            if round((used - before) * _TICKS) <= _IDLE_TICKS:
                return
        raise RuntimeError(f"{self.name} is still busy after {_SETTLE_SECONDS} s")

    def cpu_seconds(self) -> float:
        """Return the CPU time that its processes have used so far."""
        leaders = {process.pid for process in self.processes}
        return sum(spent for session, spent in _processes() if session in leaders)

    def _commands(self, port: int):
        if "DJANGO_SETTINGS_MODULE" in self.environment:
            yield [*_GUNICORN, f"--bind=127.0.0.1:{port}"], []
            return
        # uvicorn's own workers share one socket; one each, as gunicorn's have.
        for _ in range(WORKERS):
            listener = _reusable_socket(port)
            yield [*_UVICORN, f"--fd={listener.fileno()}"], [listener]

    def _wait(self, log: Path) -> None:
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            if any(process.poll() is not None for process in self.processes):
                break
            try:
                requests.get(f"{self.url}/", timeout=30)
                return
            except requests.RequestException:
                time.sleep(0.1)
        self.stop()
        raise RuntimeError(f"{self.name} did not start:\n{log.read_text('utf-8')}")


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def _reusable_socket(port: int) -> socket.socket:
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    listener.bind(("127.0.0.1", port))
    return listener


def _processes():
    """Yield the session and the CPU seconds of every process (proc(5))."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            # The name, in brackets, may hold anything.
            fields = stat.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        yield int(fields[3]), (int(fields[11]) + int(fields[12])) / _TICKS
