"""Roles in the database, as the table in `apps.accounts.roles` says."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction

from ..models import User
from ..roles import BY_NAME, ROLES


@transaction.atomic
def roles_sync() -> None:
    """Make one group a role with exactly the table's permissions. Safe to repeat."""
    permissions = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.select_related("content_type")
    }
    for role in ROLES:
        group, _ = Group.objects.get_or_create(name=role.name)
        group.permissions.set(
            permission for name, permission in permissions.items() if role.grants(name)
        )


@transaction.atomic
def user_role_set(*, user: User, role: str) -> None:
    """Give the user this role instead of the present one; other groups stay.

    Raises:
        KeyError: there is no such role.
    """
    new = BY_NAME[role]
    user.groups.remove(*Group.objects.filter(name__in=BY_NAME).exclude(name=role))
    user.groups.add(Group.objects.get(name=role))
    user.is_staff = new.is_staff
    user.save(update_fields=["is_staff", "updated_at"])
    # Drop what `User.role` remembers.
    vars(user).pop("role", None)
