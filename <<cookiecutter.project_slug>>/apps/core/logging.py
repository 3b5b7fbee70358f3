"""Keeps secrets out of the logs: the last processor before a line is rendered."""

import re
from typing import Any

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


def mask_secrets(logger: Any, method_name: str, event_dict: dict) -> dict:
    """Mask, in a structlog event, whatever is a secret by its name or its look."""
    return {name: _masked(name, value) for name, value in event_dict.items()}


def _masked(name: str, value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _masked(str(key), item) for key, item in value.items()}
    if _SECRET_NAME.search(name):
        return MASK
    if isinstance(value, (list, tuple)):
        return [_masked(name, item) for item in value]
    return _SECRET_TEXT.sub(_replacement, value) if isinstance(value, str) else value


def _replacement(match: re.Match) -> str:
    if match["url"]:
        return f"{match['url']}{MASK}@"
    return f"{match['pair'] or ''}{MASK}"
