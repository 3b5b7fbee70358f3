"""How long a bake takes, beside cookiecutter rendering a template of one file.

    python -m benchmarks.bake [--rounds N]

Prints the median of each and their ratio. Both run as a user runs them: a process of
their own, offline, default answers.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.template import export


def empty_template(folder: Path) -> Path:
    """Write the smallest template that cookiecutter takes."""
    project = folder / "{{cookiecutter.project_slug}}"
    project.mkdir(parents=True)
    (project / "README.md").write_text("{{ cookiecutter.project_slug }}\n", "utf-8")
    (folder / "cookiecutter.json").write_text('{"project_slug": "empty"}\n', "utf-8")
    return folder


def seconds(template: Path, output: Path) -> float:
    command = [sys.executable, "-m", "cookiecutter", str(template), "--no-input"]
    start = perf_counter()
    subprocess.run(
        [*command, "--output-dir", str(output)], check=True, capture_output=True
    )
    return perf_counter() - start


def measure(rounds: int) -> tuple[float, float]:
    """Return the median seconds of a bake: of the empty template, and of this one."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        templates = {
            "empty template": empty_template(folder / "empty"),
            "this template": export(folder / "full"),
        }
        times: dict[str, list[float]] = {label: [] for label in templates}
        for turn in range(rounds):
            for label, template in templates.items():
                times[label].append(seconds(template, folder / f"{turn}" / label))
            print(f"round {turn + 1} of {rounds}", file=sys.stderr)
    empty, full = (median(times[label]) for label in templates)
    return empty, full


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=9, help="bakes of each (9)")
    empty, full = measure(parser.parse_args().rounds)
    print(f"empty template  {empty:.2f} s\nthis template   {full:.2f} s")
    print(f"ratio           {full / empty:.2f}")


if __name__ == "__main__":
    main()
