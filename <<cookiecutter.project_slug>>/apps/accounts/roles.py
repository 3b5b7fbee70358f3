"""The table of roles: the one place that says who may do what in the admin.

`roles_sync` makes the groups and their permissions equal to it after every migrate.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from apps.core.policies import ADMIN, MANAGER, MEMBER


@dataclass(frozen=True)
class Role:
    """A role; `permissions` are patterns over `app_label.codename`."""

    name: str
    is_staff: bool = False
    permissions: Sequence[str] = ()

    def grants(self, permission: str) -> bool:
        return any(fnmatchcase(permission, pattern) for pattern in self.permissions)


# From the lowest to the highest: each may do what those before it may do.
ROLES = (
    Role(MEMBER),
    Role(
        MANAGER,
        is_staff=True,
        permissions=[
            "accounts.view_*",
            # % if cookiecutter.use_example
            "catalog.*",
            "orders.view_*",
            # % endif
            # % if cookiecutter.use_celery
            "rates.view_*",
            # % endif
        ],
    ),
    Role(ADMIN, is_staff=True, permissions=["*"]),
)
BY_NAME = {role.name: role for role in ROLES}
_RANKS = {role.name: rank for rank, role in enumerate(ROLES)}


def rank(name: str) -> int:
    """Return the place of a role in the order; KeyError when there is none such."""
    return _RANKS[name]


def highest(names: Iterable[str]) -> str:
    """Return the highest role among these group names, the lowest when none is one."""
    return max((name for name in names if name in _RANKS), key=rank, default=MEMBER)
