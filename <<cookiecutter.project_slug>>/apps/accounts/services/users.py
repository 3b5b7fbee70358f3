"""Changes to a user that are neither log-in, password nor role."""

from django.db import IntegrityError, transaction

from ..models import User
from ..passwords import password_validate


def user_update(*, user: User, full_name: str | None = None) -> User:
    """Change what users may change about themselves; None leaves it."""
    if full_name is not None:
        user.full_name = full_name
    user.save(update_fields=["full_name", "updated_at"])
    return user


def superuser_ensure(*, email: str, password: str) -> tuple[User, bool]:
    """Make the first administrator; an existing user of that address is left alone.

    Returns:
        The user, and whether they were made just now.

    Raises:
        InvalidInput: the password is too weak.
    """
    found = User.objects.filter(email=User.objects.normalize_email(email))
    if user := found.first():
        return user, False
    password_validate(password, user=User(email=email))
    try:
        with transaction.atomic():
            return User.objects.create_superuser(email, password), True
    except IntegrityError:
        # Another container was a moment earlier.
        return found.get(), False


@transaction.atomic
def demo_user_seed(*, email: str, password: str) -> User:
    """Make an administrator to try things with, or give them this new password."""
    user = User.objects.filter(email=email).first()
    if user is None:
        return User.objects.create_superuser(email, password, full_name="Demo")
    user.set_password(password)
    user.save(update_fields=["password", "updated_at"])
    return user
