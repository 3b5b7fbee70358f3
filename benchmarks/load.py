"""Load on one address by wrk, bounded in time and connections."""

import re
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

CONNECTIONS = 16
_ATTEMPTS = 6
_SCRIPT = Path(__file__).with_name("post.lua")
_UNITS = {"us": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0}


class LoadError(Exception):
    """Requests failed, so that the figures would mean nothing."""


@dataclass(frozen=True)
class Request:
    """What is sent: a GET of `url`, or the lines of the file `bodies`, posted."""

    url: str
    headers: dict[str, str] = field(default_factory=dict)
    bodies: Path | None = None


@dataclass(frozen=True)
class Load:
    """One run: how many answers, how many a second, and how long they took (s)."""

    requests: int
    throughput: float
    p50: float
    p99: float


def run(request: Request, *, seconds: int, connections: int) -> Load:
    """Send as many requests as get answered in this time.

    Raises:
        LoadError: an answer was neither a success nor a 304, or none came.
    """
    for attempt in range(_ATTEMPTS):
        # A busy machine may answer nothing at first: it gets longer.
        duration = seconds * 2**attempt
        done = subprocess.run(
            _command(request, duration, connections),
            capture_output=True,
            text=True,
            timeout=duration + 60,
        )
        if done.returncode:
            raise LoadError(done.stdout + done.stderr)
        if "\n  0 requests in" not in done.stdout:
            break
    return parse(done.stdout)


def _command(request: Request, seconds: int, connections: int) -> list[str]:
    command = ["wrk", "--latency", "--threads=1", f"--connections={connections}"]
    command += [f"--duration={seconds}s", "--timeout=30s"]
    for name, value in request.headers.items():
        command += ["--header", f"{name}: {value}"]
    if request.bodies:
        command += ["--script", str(_SCRIPT), request.url, "--", str(request.bodies)]
    else:
        command += [request.url]
    return command


def parse(output: str) -> Load:
    """Read what wrk printed.

    Raises:
        LoadError: it counted failures, or no answers at all.
    """
    requests = int(re.search(r"(\d+) requests in", output)[1])
    if "Non-2xx" in output or "Socket errors" in output or not requests:
        raise LoadError(output)
    return Load(
        requests=requests,
        throughput=float(re.search(r"Requests/sec:\s+([\d.]+)", output)[1]),
        p50=_percentile(output, 50),
        p99=_percentile(output, 99),
    )


def _percentile(output: str, percent: int) -> float:
    found = re.search(rf"{percent}%\s+([\d.]+)(us|ms|s|m)\b", output)
    return float(found[1]) * _UNITS[found[2]]
