"""Make what bakes are shipped with for people to read: OpenAPI, Postman, ER diagram.

    python -m scripts.artefacts

A bake cannot run Django, and these files differ with the options. So they are made in a
bake with every option, then in bakes that each lack one: lines that vanish with an
option go between `if` and `endif`. The project's own tests/test_artefacts.py says in
every combination whether the outcome is right.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from difflib import SequenceMatcher
from itertools import groupby
from pathlib import Path

from tests.template import OPTIONS, PROJECT, ROOT, bake, clean_environment, export

FILES = ("docs/api/*.yaml", "docs/api/*.json", "docs/diagrams/erd.md")
# Of the project with everything on, for the hub.
DIAGRAMS = ("docs/diagrams/erd.md", "docs/diagrams/erd.svg")
# The answers that are written down: what is baked here, and what the template says.
ANSWERS = {"artefact title": "__title_quoted", "artefact summary": "__summary_quoted"}
MARKS = re.compile(r"<<|<%|<#|# %")


def made(template: Path, output: Path, **options: bool) -> Path:
    """Bake a project, let it make its artefacts, and return its folder."""
    title, summary = ANSWERS
    project = bake(template, output, project_name=title, description=summary, **options)
    command = [sys.executable, "manage.py", "artefacts", "schema", "postman", "erd"]
    subprocess.run(
        command,
        cwd=project,
        env=clean_environment(),
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return project


def merge(full: list[str], without: dict[str, list[str]]) -> list[str]:
    """Return the lines of `full`, those that need an option marked as such.

    Args:
        without: by option, the lines of the same file when it is off.

    Raises:
        ValueError: a line is there only when an option is off, which the template
            has no way to say.
    """
    owners: list[tuple[str, ...]] = [()] * len(full)
    lines = list(full)
    for option, fewer in without.items():
        # JSON has no comma after the last item, whichever that is.
        texts = [[line.rstrip(",") for line in text] for text in (fewer, full)]
        matcher = SequenceMatcher(None, *texts, autojunk=False)
        for kind, start, end, first, last in matcher.get_opcodes():
            if kind in ("replace", "delete"):
                raise ValueError(f"Only without {option}: {fewer[start:end]}")
            for offset, index in enumerate(range(first, last)):
                if kind == "insert":
                    owners[index] += (option,)
                elif fewer[start + offset] != full[index]:
                    comma = f"<% if cookiecutter.{option} %>,<% endif +%>"
                    lines[index] = full[index].removesuffix(",") + comma
    return [
        line
        for options, group in groupby(range(len(lines)), owners.__getitem__)
        for line in _block(options, [lines[index] for index in group])
    ]


def _block(options: tuple[str, ...], lines: list[str]) -> list[str]:
    if not options:
        return lines
    needed = " and ".join(f"cookiecutter.{option}" for option in options)
    return [f"# % if {needed}", *lines, "# % endif"]


def with_answers(text: str) -> str:
    """Put the answers' names, in quotes, where the answers stand."""
    for answer, name in ANSWERS.items():
        text = re.sub(f'"?{answer}"?', f'"<< cookiecutter.{name} >>"', text)
    return text


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        template = export(folder / "template")
        full = made(template, folder / "full")
        without = {
            option: made(template, folder / option, **{option: False})
            for option in OPTIONS
        }
        for path in sorted(path for glob in FILES for path in full.glob(glob)):
            file = path.relative_to(full)
            text = path.read_text("utf-8")
            if MARKS.search(text):
                raise ValueError(f"{file} holds a mark of the template's own.")
            fewer = {
                option: (project / file).read_text("utf-8").splitlines()
                for option, project in without.items()
                if (project / file).exists()
            }
            lines = merge(text.splitlines(), fewer)
            target = ROOT / PROJECT / file
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(with_answers("\n".join(lines)) + "\n", "utf-8")
            print(file)
        for diagram in DIAGRAMS:
            shutil.copy(full / diagram, ROOT / diagram)


if __name__ == "__main__":
    main()
