"""Who may do what, as predicates: one rule, the same behind every door.

Permission classes, resolvers, templates and services ask these; none of them runs a
query. `user` may be anonymous; `owner` is whoever the thing belongs to.
See https://github.com/dfunckt/django-rules for combining them with `|`, `&`, `~`.
"""

from typing import Any, Protocol

import rules

ADMIN = "admin"
MANAGER = "manager"
MEMBER = "member"


class Caller(Protocol):
    """Whoever asks: a user, a member as a token describes them, or nobody known."""

    @property
    def pk(self) -> Any: ...

    @property
    def is_authenticated(self) -> bool: ...


@rules.predicate
def is_admin(user) -> bool:
    return user.is_authenticated and user.has_role(ADMIN)


@rules.predicate
def is_manager(user) -> bool:
    """Managers, and admins: who is more may do what those who are less may do."""
    return user.is_authenticated and user.has_role(MANAGER)


@rules.predicate
def is_owner(user, owner) -> bool:
    return user.is_authenticated and owner is not None and owner == user


is_owner_or_admin = is_owner | is_admin
