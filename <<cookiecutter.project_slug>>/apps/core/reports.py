"""What leaves the project with an error report: the request's id, and no secret."""

from sentry_sdk.types import Event, Hint
from structlog.contextvars import get_contextvars

from .logging import masked


def prepared(event: Event, hint: Hint) -> Event:
    """Mask the secrets of a Sentry event, and name the request it belongs to."""
    event = masked(event)
    if request_id := get_contextvars().get("request_id"):
        event.setdefault("tags", {})["request_id"] = request_id
    return event
