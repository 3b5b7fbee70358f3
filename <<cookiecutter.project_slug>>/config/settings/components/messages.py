"""How services have work done after their commit: see apps/core/messages.py."""

MESSAGE_SENDER = "apps.core.messages.call_after_commit"
