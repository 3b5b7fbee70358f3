"""Write .env from .env.example, with a fresh secret for every placeholder.

    python scripts/create_env.py [FILE EXAMPLE [NAME=VALUE ...]]

FILE is written from EXAMPLE then, with these values in place of its own. A file that
exists is left alone. Its first line names the example: `manage.py env check` compares
the two. Needs nothing but Python.
"""

import os
import secrets
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLACEHOLDER = "change-me"


def create_env(target: Path, example: Path, **values: str) -> bool:
    """Write `target`, readable by its owner only; return False if it exists.

    Raises:
        KeyError: a value was given for a name that the example does not have.
    """
    lines = [
        _filled(line, values)
        for line in example.read_text("utf-8").splitlines(keepends=True)
    ]
    if values:
        raise KeyError(", ".join(values))
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    try:
        descriptor = os.open(target, flags, mode=0o600)
    except FileExistsError:
        return False
    with open(descriptor, "w", encoding="utf-8") as file:
        file.write(f"# Made from {example.name}.\n")
        file.writelines(lines)
    return True


def _filled(line: str, values: dict[str, str]) -> str:
    name, separator, value = line.rstrip("\n").partition("=")
    if not separator or name.startswith("#"):
        return line
    if value == PLACEHOLDER:
        value = secrets.token_urlsafe(48)
    return f"{name}={values.pop(name, value)}\n"


if __name__ == "__main__":
    name, example, *settings = sys.argv[1:] or [".env", ".env.example"]
    given = dict(setting.split("=", 1) for setting in settings)
    if create_env(ROOT / name, ROOT / example, **given):
        print(f"Wrote {name} with fresh secrets.")
    else:
        print(f"{name} is there already; left as it is.")
