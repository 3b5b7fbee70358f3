"""The benchmark's own arithmetic; no test asserts on time."""

import subprocess
import sys
from xml.etree import ElementTree

import pytest

from benchmarks import background, load, report
from benchmarks.ratios import ratio
from benchmarks.servers import Server
from benchmarks.works import PEERS, WORKS, compare

OUTPUT = """\
  Latency Distribution
     50%  950.00us
     75%    2.00ms
     99%    1.50s
  420 requests in 3.00s, 1.00MB read
Requests/sec:    140.00
"""


def test_what_wrk_prints_is_read():
    assert load.parse(OUTPUT) == load.Load(420, 140.0, pytest.approx(0.00095), 1.5)


@pytest.mark.parametrize(
    "output",
    [
        OUTPUT + "  Non-2xx or 3xx responses: 3\n",
        OUTPUT + "  Socket errors: connect 0, read 1, write 0, timeout 0\n",
        OUTPUT.replace("420 requests", "0 requests"),
    ],
)
def test_a_run_with_failures_is_no_figure(output):
    with pytest.raises(load.LoadError):
        load.parse(output)


ROW = {"id": 1, "price": "10.10", "created_at": "2026-01-01T00:00:00Z"}


@pytest.mark.parametrize(
    ("other", "named"),
    [
        ({}, None),
        ({"created_at": "2026-01-01T00:00:00.000000+00:00"}, None),
        ({"created_at": "2026-01-01T00:00:00.1Z"}, "created_at"),
        ({"price": 10.1}, "price"),
        ({"price": "10.1"}, "price"),
        ({"id": True}, "id"),
        ({"sku": "A"}, "sku"),
    ],
)
def test_answers_are_compared_field_by_field(other, named):
    difference = compare({"results": [ROW]}, {"results": [{**ROW, **other}]})

    assert difference is None if named is None else f" {named}:" in difference


def test_a_row_less_is_a_difference():
    assert compare({"results": [ROW]}, {"results": []}) == "1 rows and 0"


@pytest.fixture
def results() -> report.Results:
    """A run in which everyone is a tenth as fast as the one before."""
    one, two = report.Figures(100, 0.01, 0.1, 0.002), report.Figures(10, 0.1, 1, 0.02)
    ours = {"nexus", "cached"}
    return report.Results(
        date="2026-01-31",
        command="make bench",
        machine={"Machine": "2 cores"},
        products=100_000,
        figures={
            name: {peer: [one if peer in ours else two] for peer in work.peers}
            for name, work in WORKS.items()
        },
        queries={name: dict.fromkeys(work.peers, 2) for name, work in WORKS.items()},
        growth={
            "ordering=price": {1_000: [0.001], 1_000_000: [0.0015]},
            "search": {1_000: [0.001], 1_000_000: [0.002]},
        },
        background={"outbox": [60.0], "direct": [80.0], "plain": [100.0]},
        bake=1.25,
    )


def test_aims_are_ratios_of_the_run(results):
    found = {aim.text: (round(aim.value, 2), aim.met) for aim in report.aims(results)}

    assert found["uncached list, x b"] == (10, True)
    assert found["cached list, x b2"] == (10, False)
    assert found["GraphQL, three levels, x graphene-django"] == (10, True)
    assert found["GraphQL list, x the REST list"] == (1, True)
    assert [value for text, value in found.items() if "slowest" in text] == [
        (1.5, False),
        (2, True),
    ]
    assert [value for text, value in found.items() if "plain Celery" in text] == [
        (0.6, True),
        (0.8, False),
    ]


def test_the_report_shows_every_peer_of_every_work(results, tmp_path):
    report.write(results, tmp_path)
    text = (tmp_path / "README.md").read_text("utf-8")

    assert "| the baked project | 10.00 | 0.10 | 0.10 | 0.10 | 2 |" in text
    for name, work in WORKS.items():
        assert f"({name}.svg)" in text
        chart = (tmp_path / f"{name}.svg").read_text("utf-8")
        ElementTree.fromstring(chart)
        assert all(PEERS[peer].title in chart for peer in work.peers)


def test_the_report_shows_background_work_beside_plain_celery(results, tmp_path):
    report.write(results, tmp_path)
    text = (tmp_path / "README.md").read_text("utf-8")
    chart = (tmp_path / "background.svg").read_text("utf-8")

    assert "(background.svg)" in text
    ElementTree.fromstring(chart)
    rows = (("outbox", "0.60"), ("direct", "0.80"), ("plain", "1.00"))
    for name, times in rows:
        title = background.CONTENDERS[name].title
        assert f"| {title} | {times} |" in text
        assert title in chart


def test_runs_are_compared_within_their_round():
    """The machine was ten times as fast in the second round, and busy in the third."""
    assert ratio([2, 20, 2], [1, 10, 4]) == 2


def test_ratios_are_taken_by_column():
    runs = [report.Figures(1, 9, 2, 5), report.Figures(20, 8, 9, 4)]
    base = [report.Figures(1, 3, 1, 5), report.Figures(10, 8, 3, 1)]

    assert report.ratios(runs, base) == report.Figures(1.5, 2, 2.5, 2.5)


def test_a_peer_is_idle_before_the_next_is_asked(tmp_path):
    """What wrk left unanswered would be done in the time of the next one."""
    work = "print(); sum(range(20_000_000)); open('done', 'w').close(); input()"
    with subprocess.Popen(
        [sys.executable, "-uc", work],
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        process.stdout.readline()
        Server("busy", {}, [process]).settle()

        assert (tmp_path / "done").exists()
        process.kill()
