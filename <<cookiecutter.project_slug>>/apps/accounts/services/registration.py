"""From a stranger to a user whose address is proven.

No answer tells whether an address is registered: the caller hears the same, waits as
long, and only the mailbox's owner learns more.
"""

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from apps.core.errors import InvalidInput
from apps.core.messages import message_send
from apps.core.policies import MEMBER

from .. import tokens
from ..models import User
from ..passwords import password_validate
from .roles import user_role_set


@transaction.atomic
def user_register(*, email: str, password: str, full_name: str = "") -> None:
    """Make a user who may log in once the address is verified, and write to it.

    Raises:
        InvalidInput: the password is too weak.
    """
    email = User.objects.normalize_email(email)
    password_validate(password, user=User(email=email, full_name=full_name))
    user, created = User.objects.get_or_create(
        email=email,
        # Hashed in either case, so that both take as long.
        defaults={"full_name": full_name, "password": make_password(password)},
    )
    if not created:
        message_send("accounts.already_registered_email_send", email=email)
        return
    user_role_set(user=user, role=MEMBER)
    message_send("accounts.verification_email_send", email=email)


@transaction.atomic
def email_verify(*, token: str) -> None:
    """Mark the address as proven. Doing it twice does no harm.

    Raises:
        InvalidInput: the link is forged, too old, or for a former address.
    """
    read = tokens.email_verification_read(token)
    user = _proven(*read) if read else None
    if user is None:
        raise InvalidInput(
            fields={"token": ["This link does not work any more. Ask for a new one."]}
        )
    if user.email_verified_at is None:
        user.email_verified_at = timezone.now()
        user.save(update_fields=["email_verified_at", "updated_at"])


def _proven(user_id: str, email: str) -> User | None:
    return User.objects.filter(pk=user_id, email=email, is_active=True).first()


def verification_resend(*, email: str) -> None:
    """Write to the address again, if there is anything left to verify."""
    email = User.objects.normalize_email(email)
    message_send("accounts.verification_email_send", email=email)
