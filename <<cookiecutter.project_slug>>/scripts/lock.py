"""Resolve pyproject.toml into requirements/, one file a name, with hashes.

    python scripts/lock.py [--uv UV] [--upgrade] base production ... dev

`base` is the project's own dependencies, every other name a dependency group. Each
file is held to the versions of those before it, so that any set of them installs.
"""

import argparse
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST_PYTHON = "3.11"


def command(uv: str, name: str, earlier: list[str], *, upgrade: bool) -> list[str]:
    """Return the call of uv that writes requirements/`name`.txt."""
    group = [] if name == "base" else ["--group", name]
    constraints = [f"--constraint=requirements/{other}.txt" for other in earlier]
    return [
        *(uv, "pip", "compile", "pyproject.toml" if name == "base" else "", *group),
        *constraints,
        *("--universal", f"--python-version={OLDEST_PYTHON}", "--generate-hashes"),
        *("--no-emit-index-url", "--no-header", "--no-annotate", "--quiet"),
        # Without its extra, pip takes a line with hashes for another requirement.
        "--no-strip-extras",
        *(["--upgrade"] if upgrade else []),
        f"--output-file=requirements/{name}.txt",
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="+", help="base, and dependency groups")
    parser.add_argument("--uv", default="uv", help="the uv to call")
    parser.add_argument("--upgrade", action="store_true", help="look for newer ones")
    options = parser.parse_args()
    for index, name in enumerate(options.names):
        print(f"requirements/{name}.txt ...", flush=True)
        call = command(options.uv, name, options.names[:index], upgrade=options.upgrade)
        result = subprocess.run([part for part in call if part], cwd=ROOT)
        if result.returncode:
            return result.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
