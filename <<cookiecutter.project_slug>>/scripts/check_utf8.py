"""Refuse text files that are not UTF-8, or start with a byte order mark.

    python scripts/check_utf8.py FILE...

Editors on some systems save UTF-16, which pip, git and Docker misread.
"""

import codecs
import sys
from pathlib import Path


def problem(path: Path) -> str | None:
    """Return what is wrong with the file's encoding, or None."""
    content = path.read_bytes()
    if content.startswith(codecs.BOM_UTF8):
        return "starts with a byte order mark"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "is not UTF-8"
    return None


if __name__ == "__main__":
    found = [
        f"{name}: {trouble}; save it as UTF-8 without a byte order mark"
        for name in sys.argv[1:]
        if (trouble := problem(Path(name)))
    ]
    print("\n".join(found))
    sys.exit(bool(found))
