"""Is this container's worker, or beat, alive? `python -m apps.background.probes worker`

Each touches a file while its loop turns. Asking costs no Django and no broker.
"""

import sys
import tempfile
import time
from pathlib import Path

ROLES = ("worker", "beat")
# Several beats of either loop.
STALE_SECONDS = 60


def touch(role: str) -> None:
    """Say that the loop of this role turns."""
    _file(role).touch()


def age(role: str) -> float:
    """Return the seconds since `touch`; infinity if there was none."""
    try:
        return time.time() - _file(role).stat().st_mtime
    except FileNotFoundError:
        return float("inf")


def _file(role: str) -> Path:
    return Path(tempfile.gettempdir()) / f"{role}.alive"


def main(arguments: list[str]) -> str | int:
    """Return 0 when alive, else what is wrong: the exit status of the command."""
    if len(arguments) != 1 or arguments[0] not in ROLES:
        return f"usage: python -m apps.background.probes {{{','.join(ROLES)}}}"
    [role] = arguments
    if (seconds := age(role)) > STALE_SECONDS:
        return f"The {role} has not moved for {seconds:.0f} seconds."
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
