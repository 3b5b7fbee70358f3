"""The permission classes of REST, asked at a field."""

from collections.abc import Sequence
from typing import Any

from rest_framework.permissions import BasePermission

from apps.core.errors import Forbidden, NotAuthenticated


def permissions_check(info, classes: Sequence[type[BasePermission]]) -> None:
    """Let the caller pass whom all of these would let into a view.

    Raises:
        NotAuthenticated: they would not, and nobody knows who it is.
        Forbidden: they would not, and it is known.
    """
    request = info.context
    view: Any = None  # A field has none.
    if all(permission().has_permission(request, view) for permission in classes):
        return
    raise Forbidden() if request.user.is_authenticated else NotAuthenticated()
