"""Everything that writes users, roles and sessions."""

from .emails import (
    already_registered_email_send,
    password_reset_email_send,
    verification_email_send,
)
from .passwords import password_change, password_reset_confirm, password_reset_request
from .registration import email_verify, user_register, verification_resend
from .roles import roles_sync, user_role_set
from .sessions import (
    expired_tokens_purge,
    session_end,
    session_open,
    session_refresh,
    sessions_end_all,
)
from .users import demo_user_seed, superuser_ensure, user_update

__all__ = [
    "already_registered_email_send",
    "demo_user_seed",
    "email_verify",
    "expired_tokens_purge",
    "password_change",
    "password_reset_confirm",
    "password_reset_email_send",
    "password_reset_request",
    "roles_sync",
    "session_end",
    "session_open",
    "session_refresh",
    "sessions_end_all",
    "superuser_ensure",
    "user_register",
    "user_role_set",
    "user_update",
    "verification_email_send",
    "verification_resend",
]
