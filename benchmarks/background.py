"""Background work: the baked project's outbox beside plain Celery.

    python -m benchmarks.background [--tasks N] [--rounds N] [--python PYTHON]

Prints tasks a second, from the first publishing to the last effect, and their ratios.
RabbitMQ is one of its own, on a port of its own.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from uuid import uuid4

from tests.brokers import PrivateRabbitMQ
from tests.template import bake, clean_environment, export

from .database import Databases
from .environments import Environments
from .ratios import ratio
from .servers import WORKERS, interpreter

BASELINE = "plain"
_START_SECONDS = 60
# As much of each log as is shown when something fails.
_LOG_END = 2000


@dataclass(frozen=True)
class Contender:
    """One way to have work done, and the Celery application whose worker does it."""

    title: str
    application: str


CONTENDERS = {
    "outbox": Contender("the baked project, outbox", "config"),
    "direct": Contender("the baked project, direct", "config"),
    "plain": Contender("plain Celery", "benchmarks.peers.plain_celery"),
}


def ratios(rates: dict[str, list[float]]) -> dict[str, float]:
    """Return how many times as much as plain Celery each of them does."""
    return {name: ratio(found, rates[BASELINE]) for name, found in rates.items()}


@dataclass(frozen=True)
class Background:
    """A project with a database and a broker of its own, and the workers of both."""

    python: Path
    project: Path
    environments: Environments
    databases: Databases
    folder: Path

    def measure(
        self, *, tasks: int, rounds: int, progress: Callable[[str], None]
    ) -> dict[str, list[float]]:
        """Return the tasks a second of each round, by contender.

        They take turns while all workers are up. The first round warms connections and
        plans, and is not counted.
        """
        rates: dict[str, list[float]] = {name: [] for name in CONTENDERS}
        with self._working() as environments:
            for turn in range(rounds + 1):
                for name, contender in CONTENDERS.items():
                    environment = environments[contender.application]
                    rate = tasks / self._seconds(name, environment, tasks)
                    progress(f"round {turn} of {rounds}: {name} {rate:.0f} tasks/s")
                    if turn:
                        rates[name].append(rate)
        return rates

    @contextmanager
    def _working(self) -> Iterator[dict[str, dict[str, str]]]:
        """Start the broker and the workers; yield environments by application."""
        # No products: what is measured makes its own rows.
        database = self.databases.create(0)
        with ExitStack() as stack:
            broker = PrivateRabbitMQ(self.folder)
            stack.callback(broker.stop)
            broker.start()
            environments = {
                CONTENDERS["outbox"].application: self.environments.project(database),
                CONTENDERS["plain"].application: self.environments.plain(database),
            }
            for environment in environments.values():
                # TMPDIR is where the project's worker shows that it lives; at INFO it
                # says that it is ready.
                environment |= {
                    "LOG_LEVEL": "INFO",
                    "CELERY_BROKER_URL": broker.url,
                    "TMPDIR": str(self.folder),
                }
            self._run(
                "manage.py migrate --verbosity=0 --run-syncdb", environments["config"]
            )
            for application, environment in environments.items():
                stack.enter_context(self._worker(application, environment))
            yield environments

    @contextmanager
    def _worker(self, application: str, environment: dict[str, str]) -> Iterator[None]:
        # The project logs at INFO whatever it is told here. Two workers of one name on
        # one machine shut each other out.
        options = [f"--concurrency={WORKERS}", "--loglevel=INFO"]
        options += [f"--hostname={application}@%h"]
        log = self.folder / f"{application}.worker.log"
        with log.open("w") as output:
            process = subprocess.Popen(
                [self.python, "-m", "celery", "--app", application, "worker", *options],
                cwd=self.project,
                env={**clean_environment(), **environment},
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        try:
            deadline = time.monotonic() + _START_SECONDS
            while " ready." not in log.read_text("utf-8"):
                if process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError(log.read_text("utf-8"))
                time.sleep(0.1)
            yield
        finally:
            process.terminate()
            process.wait(timeout=60)

    def _seconds(self, name: str, environment: dict[str, str], tasks: int) -> float:
        command = f"-m benchmarks.effects.publish {name} {tasks}"
        return float(self._run(command, environment))

    def _run(self, command: str, environment: dict[str, str]) -> str:
        done = subprocess.run(
            [self.python, *command.split()],
            cwd=self.project,
            env={**clean_environment(), **environment},
            capture_output=True,
            text=True,
        )
        if done.returncode:
            logs = self.folder.glob("*.worker.log")
            told = [done.stderr, *(log.read_text("utf-8") for log in logs)]
            raise RuntimeError("\n\n".join(text[-_LOG_END:] for text in told))
        return done.stdout


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.background", description=__doc__.splitlines()[0]
    )
    option = parser.add_argument
    option("--tasks", type=int, default=1000, help="of each, in a round (1000)")
    option("--rounds", type=int, default=3, help="that are counted (3)")
    option(
        "--python",
        type=interpreter,
        default=sys.executable,
        help="what runs the workers",
    )
    postgres = "postgres://postgres@127.0.0.1:5432"
    option("--postgres", default=postgres, help="where a database may be made")
    option("--redis", default="redis://127.0.0.1:6379/15", help="the cache")
    options = parser.parse_args()
    name = f"nexus-bench-{uuid4().hex[:8]}"
    databases = Databases(options.postgres, name)
    with tempfile.TemporaryDirectory() as folder, databases:
        template = export(Path(folder) / "template")
        rates = Background(
            python=options.python,
            project=bake(template, Path(folder) / "out", project_slug=name),
            environments=Environments(options.redis),
            databases=databases,
            folder=Path(folder),
        ).measure(
            tasks=options.tasks,
            rounds=options.rounds,
            progress=lambda text: print(text, file=sys.stderr),
        )
    for contender, times in ratios(rates).items():
        title, rate = CONTENDERS[contender].title, median(rates[contender])
        print(f"{title:28} {rate:6.0f} tasks/s {times:6.2f}")


if __name__ == "__main__":
    main()
