"""The report: ratios of one run as Markdown, with charts."""

from dataclasses import astuple, dataclass
from pathlib import Path

from . import background, charts
from .ratios import ratio
from .works import PEERS, WORKS


@dataclass(frozen=True)
class Figures:
    """What one run of a peer showed; CPU in seconds of the server's, a request."""

    throughput: float
    p50: float
    p99: float
    cpu: float


@dataclass(frozen=True)
class Results:
    """All of one benchmark, each a list of its rounds.

    `figures` by work and peer, `growth` p50 (s) by query and number of products,
    `background` tasks a second by contender.
    """

    date: str
    command: str
    machine: dict[str, str]
    products: int
    figures: dict[str, dict[str, list[Figures]]]
    queries: dict[str, dict[str, int]]
    growth: dict[str, dict[int, list[float]]]
    background: dict[str, list[float]]
    bake: float


@dataclass(frozen=True)
class Aim:
    """A ratio that the project is built for, and what this run showed."""

    text: str
    bound: float
    value: float
    at_most: bool = False

    @property
    def met(self) -> bool:
        low, high = sorted((self.bound, self.value))
        return (high if not self.at_most else low) == self.value


def ratios(runs: list[Figures], base: list[Figures]) -> Figures:
    """Return the ratio of each column."""
    columns = (zip(*map(astuple, each), strict=True) for each in (runs, base))
    return Figures(*map(ratio, *columns))


def aims(results: Results) -> list[Aim]:
    def times(work: str, peer: str, other: str) -> float:
        figures = results.figures[work]
        return ratios(figures[peer], figures[other]).throughput

    nested = times("graphql", "nexus", "graphene")
    lists = (results.figures[work]["nexus"] for work in ("graphql-list", "list"))
    graphql_list = ratios(*lists).throughput
    read = [
        Aim("uncached list, x b", 5, times("list", "nexus", "b")),
        Aim("uncached list, x b2", 3.5, times("list", "nexus", "b2")),
        Aim("uncached list, x FastAPI", 1.2, times("list", "nexus", "fastapi")),
        Aim("uncached list, x bare view", 0.35, times("list", "nexus", "bare")),
        Aim("cached list, x b2", 15, times("cached", "cached", "b2")),
        Aim("304, x b2", 20, times("conditional", "cached", "b2")),
        Aim("GraphQL, three levels, x graphene-django", 10, nested),
        Aim("GraphQL list, x the REST list", 0.5, graphql_list),
    ]
    slowest = {"search": 1.0, "other": 1.0}
    for label, p50s in results.growth.items():
        kind = "search" if label.startswith("search") else "other"
        slowest[kind] = max(slowest[kind], growth(p50s))
    smallest, *_, largest = sorted(next(iter(results.growth.values())))
    tasks = background.ratios(results.background)
    grown = f"p50 of {{}} at {largest:,} products, x at {smallest:,}"
    return [
        *read,
        Aim(grown.format("the slowest list"), 1.3, slowest["other"], at_most=True),
        Aim(grown.format("the slowest search"), 3, slowest["search"], at_most=True),
        Aim("tasks through the outbox, x plain Celery", 0.5, tasks["outbox"]),
        Aim("tasks past the outbox, x plain Celery", 0.9, tasks["direct"]),
    ]


def growth(p50s: dict[int, list[float]]) -> float:
    """How many times as long the largest table takes as the smallest."""
    return ratio(p50s[max(p50s)], p50s[min(p50s)])


def write(results: Results, folder: Path) -> None:
    """Write README.md and its charts."""
    folder.mkdir(parents=True, exist_ok=True)
    for work, figures in results.figures.items():
        baseline = WORKS[work].baseline
        bars = {
            PEERS[name].title: ratios(runs, figures[baseline]).throughput
            for name, runs in figures.items()
        }
        title = f"{WORKS[work].title}: throughput, {PEERS[baseline].title} = 1"
        (folder / f"{work}.svg").write_text(charts.bars(title, bars), "utf-8")
    smallest, *_, largest = sorted(next(iter(results.growth.values())))
    title = f"p50 at {largest:,} products, at {smallest:,} = 1"
    bars = {label: growth(p50s) for label, p50s in results.growth.items()}
    (folder / "growth.svg").write_text(charts.bars(title, bars), "utf-8")
    title = "Background work: tasks a second, plain Celery = 1"
    (folder / "background.svg").write_text(
        charts.bars(title, _background(results)), "utf-8"
    )
    (folder / "README.md").write_text(markdown(results), "utf-8")


def markdown(results: Results) -> str:
    machine = "".join(f"- {name}: {value}\n" for name, value in results.machine.items())
    parts = [
        _INTRODUCTION.format(results=results, machine=machine),
        "## What the project is built for\n\n",
        _table(
            ["Ratio", "Aim", "This run", ""],
            [
                [
                    aim.text,
                    f"{'<=' if aim.at_most else '>='} {aim.bound:g}",
                    f"{aim.value:.2f}",
                    "yes" if aim.met else "no",
                ]
                for aim in aims(results)
            ],
        ),
    ]
    for work, figures in results.figures.items():
        parts += [
            f"\n## {WORKS[work].title}\n\n",
            f"![{WORKS[work].title}]({work}.svg)\n\n",
            _table(
                ["", "throughput", "p50", "p99", "CPU a request", "queries"],
                [_row(results, work, name) for name in figures],
            ),
        ]
    parts += ["\n## Growth\n\n![Growth](growth.svg)\n\n", _growth_table(results)]
    parts += [
        "\n## Background work\n\n![Background work](background.svg)\n\n",
        _table(
            ["", "tasks a second"],
            [[title, f"{ratio:.2f}"] for title, ratio in _background(results).items()],
        ),
        _BACKGROUND,
    ]
    parts += [_MEANING.format(results=results)]
    return "".join(parts)


def _row(results: Results, work: str, peer: str) -> list[str]:
    figures = results.figures[work]
    found = astuple(ratios(figures[peer], figures[WORKS[work].baseline]))
    columns = (f"{value:.2f}" for value in found)
    return [PEERS[peer].title, *columns, str(results.queries[work][peer])]


def _background(results: Results) -> dict[str, float]:
    found = background.ratios(results.background)
    return {background.CONTENDERS[name].title: one for name, one in found.items()}


def _growth_table(results: Results) -> str:
    sizes = sorted(next(iter(results.growth.values())))
    rows = [
        [label, *(f"{ratio(p50s[size], p50s[sizes[0]]):.2f}" for size in sizes)]
        for label, p50s in results.growth.items()
    ]
    return _table(["p50 by number of products", *(f"{n:,}" for n in sizes)], rows)


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


_INTRODUCTION = """\
# Benchmarks

Measured on {results.date} by `{results.command}`; this page and its charts are what it
wrote. The default project and its peers read one PostgreSQL database of
{results.products:,} products, and were asked in turns, in one run, on one machine.
Figures are ratios to idiomatic Django REST framework (b) where no other line shows
1.00 throughout, each to the run of the same round: the median of all rounds.

{machine}
The peers are in `benchmarks/peers/`. Before anything is measured, their answers are
compared field by field.

- b: Django REST framework as most projects write it: model serializers with
  select_related and prefetch_related, page numbers with COUNT, JWT with a look-up of
  the user, filter backends, Django's default middleware, a connection for each
  request. b2: the same with CONN_MAX_AGE=60.
- Django Ninja with the project's good practice: no COUNT, no look-up, a pool.
- FastAPI with SQLAlchemy's asyncio, uvloop and a pool, no COUNT; with a look-up of
  the user, and without.
- The limit: bare Django views that run the same SQL, without middleware,
  authentication, filters or pages; and one for which PostgreSQL builds the JSON.
- graphene-django as most projects write it: object types over models and connection
  fields, Django's default middleware, no authentication, a pool.

"""
_BACKGROUND = """
From the first publishing to the last effect: one process publishes, two work, and a
task leaves one row. All three wait for RabbitMQ to have each message on disk, keep it
until its work is done, and work on one at a time. Through the outbox every message is
a row in a transaction of its own, and takes effect once; plain Celery loses what was
promised when a process dies between commit and publishing, and works twice when a
worker dies before it acknowledges.
"""
_MEANING = """
Baking the default project takes {results.bake:.2f} times as long as baking a template
of one file.

## What these ratios mean

They compare ways to write one API on one machine that runs the load, the servers,
PostgreSQL and Redis on the same cores. Elsewhere the absolute figures differ, and the
ratios somewhat; a difference below 15% is nothing. A list of 50 rows with relations is
where serializers cost most: for one product, or where a query takes long by itself, all
of them are closer together, and log-in is the password hash for everyone. The project
counts callers, writes a structured line a request and sends its security headers while
it is measured, with rates raised out of reach; the peers do none of that, and where an
answer costs nothing else, that is what it costs: see what a 304 is made of. What it
gives up for its reads is stated where it does: a member's session is not looked up
where anyone may read, and there is no COUNT unless a page is asked for by number. p99
under full load tells more about the queue than about the code. No test asserts on time.
"""
