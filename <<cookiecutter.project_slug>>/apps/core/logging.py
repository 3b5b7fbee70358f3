"""What a log line goes through last: secrets are masked, then it becomes JSON."""

import json
import re
from functools import lru_cache
from typing import Any

import orjson

MASK = "***"

_SECRET_NAME = re.compile(
    r"passw|secret|token|authorization|cookie|api_?key|signing_key|\bsid\b",
    re.IGNORECASE,
)
_SECRET_TEXT = re.compile(r"""(?ix)
    (?P<jwt> eyJ[\w-]+\.[\w-]+\.[\w-]+ )
    | (?P<bearer> (?<=bearer\s) \S+ )
    | (?P<pair> (?<![\w-]) ["']?
        (?:[\w-]*(?:passw(?:or)?d|secret|token|authorization|api_?key))
        ["']? \s* [=:] \s* (?!bearer\b) ) (?: "[^"]*" | '[^']*' | [^\s,;&}]+ )
    | (?P<url> :// [^\s:/@]* : ) [^\s/@]+ @
    """)
# One of them is in whatever the pattern finds; most lines hold none.
_HINTS = "eyj bearer passw secret token authorization apikey api_key ://".split()


def mask_secrets(logger: Any, method_name: str, event_dict: dict) -> dict:
    """Mask, in a structlog event, whatever is a secret by its name or its look."""
    return {name: masked(value, name) for name, value in event_dict.items()}


def masked(value: Any, name: str = "") -> Any:
    """Mask what is secret in a value, or all of it if its name says so."""
    if isinstance(value, dict):
        return {key: masked(item, str(key)) for key, item in value.items()}
    if _is_secret(name):
        return MASK
    if isinstance(value, (list, tuple)):
        return [masked(item, name) for item in value]
    if isinstance(value, str):
        lower = value.lower()
        if any(hint in lower for hint in _HINTS):
            return _SECRET_TEXT.sub(_replacement, value)
    return value


def as_json(event_dict: dict, **options: Any) -> str:
    """Write an event as JSON, whatever is in it: no line is lost to a strange value."""
    try:
        return orjson.dumps(event_dict, **options).decode()
    except orjson.JSONEncodeError:
        # Half a surrogate pair, say, or a number beyond 64 bits.
        return json.dumps(event_dict, **options)


@lru_cache(maxsize=1024)
def _is_secret(name: str) -> bool:
    return _SECRET_NAME.search(name) is not None


def _replacement(match: re.Match) -> str:
    if match["url"]:
        return f"{match['url']}{MASK}@"
    return f"{match['pair'] or ''}{MASK}"
