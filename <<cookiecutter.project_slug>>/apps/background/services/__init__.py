"""Everything that writes the outbox."""

from .failures import (
    dead_letters_collect,
    message_attempt_failed,
    message_give_up,
    messages_requeue,
)
from .handling import message_handle, message_handle_long
from .purge import messages_purge
from .recording import message_record
from .relay import messages_deliver

__all__ = [
    "dead_letters_collect",
    "message_attempt_failed",
    "message_give_up",
    "message_handle",
    "message_handle_long",
    "message_record",
    "messages_deliver",
    "messages_purge",
    "messages_requeue",
]
