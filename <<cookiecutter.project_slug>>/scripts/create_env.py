"""Write .env from .env.example, with a fresh secret for every placeholder.

    python scripts/create_env.py

An existing .env is left alone. Needs nothing but Python.
"""

import os
import secrets
import sys
from pathlib import Path

PLACEHOLDER = "=change-me"


def create_env(folder: Path) -> bool:
    """Write `folder`/.env, readable by its owner only; return False if it exists."""
    lines = (folder / ".env.example").read_text("utf-8").splitlines(keepends=True)
    filled = [
        line.replace(PLACEHOLDER, f"={secrets.token_urlsafe(48)}") for line in lines
    ]
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    try:
        descriptor = os.open(folder / ".env", flags, mode=0o600)
    except FileExistsError:
        return False
    with open(descriptor, "w", encoding="utf-8") as file:
        file.writelines(filled)
    return True


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(__doc__)
    elif create_env(Path(__file__).resolve().parent.parent):
        print("Wrote .env with fresh secrets.")
    else:
        print(".env is there already; left as it is.")
