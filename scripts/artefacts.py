"""Make what bakes are shipped with for people to read: schemas, Postman, ER diagram.

    python -m scripts.artefacts

A bake cannot run Django, and these files differ with the options. So they are made in a
bake of each combination: lines that are not in all of them go between `if` and `endif`.
The project's own tests/test_artefacts.py says in every combination whether the outcome
is right.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import groupby
from pathlib import Path

from tests.template import (
    COMBINATIONS,
    OPTIONS,
    PROJECT,
    ROOT,
    bake,
    clean_environment,
    export,
    label,
)

FILES = (
    "docs/api/*.yaml",
    "docs/api/*.graphql",
    "docs/api/*.json",
    "docs/diagrams/erd.md",
)
# Of the project with everything on, for the hub.
DIAGRAMS = ("docs/diagrams/erd.md", "docs/diagrams/erd.svg")
# The answers that are written down: what is baked here, and what the template says.
ANSWERS = {"artefact title": "__title_quoted", "artefact summary": "__summary_quoted"}
Options = frozenset[str]

# A mark takes the empty lines after it away, but for those that say something.
KEPT = '<< "" >>'
DEFINITION = re.compile(r"(type|input|interface|enum|union|scalar|schema)\b[^:]*$")
MARKS = re.compile(r"<<|<%|<#|# %")


def made(template: Path, output: Path, **options: bool) -> Path:
    """Bake a project, let it make its artefacts, and return its folder."""
    title, summary = ANSWERS
    project = bake(template, output, project_name=title, description=summary, **options)
    kinds = [
        "schema",
        *(["graphql"] if options["use_graphql"] else []),
        "postman",
        "erd",
    ]
    command = [sys.executable, "manage.py", "artefacts", *kinds]
    subprocess.run(
        command,
        cwd=project,
        env=clean_environment(),
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return project


def merge(bakes: dict[Options, list[str]]) -> list[str]:
    """Return the lines with every option on, those that need one marked as such.

    Args:
        bakes: the lines of the same file, by the options that are on.

    Raises:
        ValueError: a line is there only when an option is off, which the template
            has no way to say.
    """
    full = bakes[max(bakes, key=len)]
    owners: list[set[Options]] = [set() for _ in full]
    commas: list[set[Options]] = [set() for _ in full]
    for options, fewer in bakes.items():
        for index, line in _aligned(full, fewer, options):
            owners[index].add(options)
            if line.endswith(","):
                commas[index].add(options)
    lines = [
        _with_comma(line, owners[index], commas[index])
        for index, line in enumerate(full)
    ]
    marked = [
        line
        for need, group in groupby(range(len(lines)), lambda it: _need(owners[it]))
        for line in _block(need, [lines[index] for index in group])
    ]
    return [
        KEPT if not line and marked[max(0, index - 1)].startswith("# %") else line
        for index, line in enumerate(marked)
    ]


def _aligned(
    full: list[str], fewer: list[str], options: Options
) -> Iterator[tuple[int, str]]:
    """Yield where in `full` each line of `fewer` stands, and the line."""
    matcher = SequenceMatcher(None, _keys(fewer), _keys(full), autojunk=False)
    for kind, start, end, first, _ in matcher.get_opcodes():
        if kind in ("replace", "delete"):
            raise ValueError(f"Only with {sorted(options)}: {fewer[start:end]}")
        if kind == "equal":
            for offset in range(end - start):
                yield first + offset, fewer[start + offset]


def _keys(lines: list[str]) -> list[tuple[str, ...]]:
    """Tell apart lines that read the same.

    One of a GraphQL type belongs to that type, an empty one to the line after it.
    """
    keys, definition = [], ""
    for index, line in enumerate(lines):
        after = "" if line else "".join(lines[index + 1 : index + 2])
        if not (line or after).startswith((" ", "}")):
            definition = line if DEFINITION.match(line) else ""
        # JSON has no comma after the last item, whichever that is.
        keys.append((line.rstrip(","), definition, after))
    return keys


def _need(combinations: set[Options]) -> str:
    """Say which options these combinations ask for: each of the least of them."""
    least = [
        options
        for options in combinations
        if not any(other < options for other in combinations)
    ]
    needs = (
        " and ".join(f"cookiecutter.{option}" for option in sorted(options))
        for options in least
    )
    return " or ".join(sorted(needs))


def _with_comma(line: str, owners: set[Options], commas: set[Options]) -> str:
    if commas in (owners, set()):
        return line
    # What the line needs anyhow need not be said again.
    given = frozenset.intersection(*owners)
    needed = _need({options - given for options in commas})
    return line.removesuffix(",") + f"<% if {needed} %>,<% endif +%>"


def _block(need: str, lines: list[str]) -> list[str]:
    return [f"# % if {need}", *lines, "# % endif"] if need else lines


def with_answers(text: str) -> str:
    """Put the answers' names, in quotes, where the answers stand."""
    for answer, name in ANSWERS.items():
        text = re.sub(f'"?{answer}"?', f'"<< cookiecutter.{name} >>"', text)
    return text


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        template = export(folder / "template")
        bakes = {
            frozenset(name for name in OPTIONS if combination[name]): made(
                template, folder / label(combination), **combination
            )
            for combination in COMBINATIONS
        }
        full = bakes[frozenset(OPTIONS)]
        for path in sorted(path for glob in FILES for path in full.glob(glob)):
            file = path.relative_to(full)
            text = path.read_text("utf-8")
            if MARKS.search(text):
                raise ValueError(f"{file} holds a mark of the template's own.")
            texts = {
                options: (project / file).read_text("utf-8").splitlines()
                for options, project in bakes.items()
                if (project / file).exists()
            }
            lines = merge(texts)
            target = ROOT / PROJECT / file
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(with_answers("\n".join(lines)) + "\n", "utf-8")
            print(file)
        for diagram in DIAGRAMS:
            shutil.copy(full / diagram, ROOT / diagram)


if __name__ == "__main__":
    main()
