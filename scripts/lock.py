"""Resolve the requirements of the template and of the project inside.

    python -m scripts.lock [--uv UV] [--upgrade]

The project's own files are resolved by its own script, in a bake with every option
on. The template's tools are held to the same versions, so that one environment serves
the tests of all bakes.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.template import PROJECT, ROOT, bake, export

NAMES = (
    "base",
    "production",
    "observability",
    "storage",
    "graphql",
    "test-graphql",
    "celery",
    "test-celery",
    "example",
    "dev",
)
# The template's own: what its tests need, and the peers of its benchmark.
GROUPS = ("dev", "bench")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--uv", default="uv", help="the uv to call")
    parser.add_argument("--upgrade", action="store_true", help="look for newer ones")
    options = parser.parse_args()
    upgrade = ["--upgrade"] if options.upgrade else []
    inside = ROOT / PROJECT / "requirements"
    with tempfile.TemporaryDirectory() as folder:
        project = bake(export(Path(folder, "template")), Path(folder, "out"))
        command = [sys.executable, "scripts/lock.py", "--uv", options.uv]
        subprocess.run([*command, *upgrade, *NAMES], cwd=project, check=True)
        for name in NAMES:
            shutil.copy(project / "requirements" / f"{name}.txt", inside)
    earlier = [f"--constraint={inside / name}.txt" for name in NAMES]
    for group in GROUPS:
        print(f"requirements/{group}.txt of the template ...", flush=True)
        lock = [options.uv, "pip", "compile", "--group", group, *earlier, *upgrade]
        lock += ["--universal", "--python-version=3.11", "--generate-hashes", "--quiet"]
        lock += ["--no-emit-index-url", "--no-header", "--no-annotate"]
        lock += [f"--output-file=requirements/{group}.txt"]
        subprocess.run(lock, cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
