"""The rules a new password has to pass."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from apps.core.errors import InvalidInput

from .models import User


def password_validate(password: str, *, user: User, field: str = "password") -> None:
    """Check a new password against AUTH_PASSWORD_VALIDATORS.

    Raises:
        InvalidInput: with every rule it breaks, under the name of `field`.
    """
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise InvalidInput(
            code="weak_password", fields={field: error.messages}
        ) from error
