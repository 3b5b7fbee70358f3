"""Hold a file of variables to its example and config/env.py: `manage.py env check`.

Faults name variables and remedies, never values.
"""

import math
import re
import stat
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

from environ import Env

from config import env

PURPOSES = ("local", "test", "production")
EXAMPLE = env.BASE_DIR / ".env.example"
# What the image reads itself: docker/entrypoint.sh.
OF_THE_IMAGE = {
    "DJANGO_SETTINGS_MODULE",
    "PORT",
    "WEB_CONCURRENCY",
    "WEB_THREADS",
    # % if cookiecutter.use_celery
    "WORKER_CONCURRENCY",
    # % endif
}
# Guesses an attacker would need, as a power of two: a key of HS256 withstands 2 ** 128.
MIN_SECRET_BITS = 128
MIN_PASSWORD_BITS = 50

_LINE = re.compile(r"(?:export )?([A-Za-z_0-9]+)=.*")
# What scripts/create_env.py writes first.
_MADE_FROM = re.compile(r"# Made from ([\w.-]+)\.$")
_URL_PASSWORD = re.compile(r"\w+://[^/@:]*:([^/@]+)@")


@dataclass
class EnvFile:
    """What a file says: names in order, values as `config/env.py` would read them."""

    names: list[str] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)
    strays: list[int] = field(default_factory=list)

    @classmethod
    def read(cls, path: Path) -> "EnvFile":
        found, lines = cls(), []
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if match := _LINE.fullmatch(line):
                found.names.append(match[1])
                lines.append(line)
            elif line and not line.startswith("#"):
                found.strays.append(number)

        class Reader(Env):
            ENVIRON = found.values

        # It would log lines that it does not understand, values and all.
        Reader.read_env(StringIO("\n".join(lines)))
        return found


def purpose_of(path: Path, example_path: Path) -> str:
    """Tell from its name, or else from its example's, what a file is for."""
    names = (path.name, example_path.name)
    return next(
        (purpose for name in names for purpose in PURPOSES if purpose in name), "local"
    )


def example_of(path: Path) -> Path:
    """Return the example that a file was made from, where that lies beside it.

    A file that does not say so may have an example of its own name.

    Raises:
        FileNotFoundError: the file is not there.
    """
    with path.open(encoding="utf-8") as file:
        made_from = _MADE_FROM.match(file.readline())
    beside = path.with_name(made_from[1] if made_from else f"{path.name}.example")
    return beside if beside.exists() else EXAMPLE


def faults(path: Path, purpose: str, example_path: Path) -> list[str]:
    """Return what is wrong with a file, one line a fault.

    Raises:
        FileNotFoundError: one of the files is not there.
    """
    file, example = EnvFile.read(path), EnvFile.read(example_path)
    known = {*example.names, *EnvFile.read(EXAMPLE).names, *OF_THE_IMAGE}
    found = [*_unreadable(file), *_unknown(file, known)]
    # Git has the file of the tests, so it hides nothing; it leaves defaults alone.
    if purpose != "test":
        found += [*_open_to_others(path), *_missing(file, example, purpose)]
        found += _guessable(file, purpose)
    return found


def _unreadable(file: EnvFile) -> Iterator[str]:
    for number in file.strays:
        yield f"line {number}: is no NAME=value; write it so, or start it with #"
    for name, times in Counter(file.names).items():
        if times > 1:
            yield f"{name}: stands there {times} times; keep one line"


def _unknown(file: EnvFile, known: set[str]) -> Iterator[str]:
    for name in dict.fromkeys(file.names):
        if name not in known and not hasattr(env, name):
            yield f"{name}: nobody reads it; correct its name, or remove it"


def _open_to_others(path: Path) -> Iterator[str]:
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        yield f"the file: others can read it; run chmod 600 {path}"


def _missing(file: EnvFile, example: EnvFile, purpose: str) -> Iterator[str]:
    for name in example.names:
        if name not in file.values:
            yield f"{name}: is missing; copy its line from the example"
        elif (
            purpose == "production"
            and name in env.REQUIRED_IN_PRODUCTION
            and not file.values[name]
        ):
            yield f"{name}: is empty; production needs it"


def _guessable(file: EnvFile, purpose: str) -> Iterator[str]:
    for name, value in file.values.items():
        if any(placeholder in value for placeholder in env.PLACEHOLDERS):
            yield f"{name}: is a placeholder; give it a value of its own"
        elif name in env.SECRETS and value and _is_weak_secret(value):
            yield (
                f"{name}: is easy to guess; take what this prints: "
                'python -c "import secrets; print(secrets.token_urlsafe(48))"'
            )
        elif purpose == "production":
            for password in _passwords(name, value):
                if _bits(password) < MIN_PASSWORD_BITS:
                    yield f"{name}: its password is easy to guess; take a longer one"


def _is_weak_secret(value: str) -> bool:
    short = len(value.encode()) < env.MIN_SECRET_BYTES
    return short or _bits(value) < MIN_SECRET_BITS


def _passwords(name: str, value: str) -> list[str]:
    if name.endswith("PASSWORD"):
        return [value] if value else []
    return _URL_PASSWORD.findall(value)


def _bits(text: str) -> float:
    """Return Shannon's entropy of the characters, by their number in this text."""
    shares = (times / len(text) for times in Counter(text).values())
    return -len(text) * sum(share * math.log2(share) for share in shares)
