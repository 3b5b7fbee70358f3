"""The permission kit: one table of class x caller x method."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from rest_framework.test import APIRequestFactory

from apps.core import permissions

CALLERS = ("anonymous", "stranger", "owner", "manager", "admin")

# Who passes, reading and writing an object that belongs to "owner".
TABLE = {
    permissions.IsAdmin: ({"admin"}, {"admin"}),
    permissions.IsManager: ({"manager", "admin"}, {"manager", "admin"}),
    permissions.IsAdminOrReadOnly: (set(CALLERS), {"admin"}),
    permissions.IsManagerOrReadOnly: (set(CALLERS), {"manager", "admin"}),
    permissions.IsOwner: ({"owner"}, {"owner"}),
    permissions.IsOwnerOrAdmin: ({"owner", "admin"}, {"owner", "admin"}),
    permissions.IsOwnerOrReadOnly: (set(CALLERS), {"owner"}),
}


class Caller:
    is_authenticated = True

    def __init__(self, name: str) -> None:
        self.name = name

    def has_role(self, role: str) -> bool:
        ranks = {"member": 0, "manager": 1, "admin": 2}
        return ranks.get(self.name, 0) >= ranks[role]


OWNER = Caller("owner")


@pytest.mark.parametrize("caller", CALLERS)
@pytest.mark.parametrize("method", ["GET", "PATCH"])
@pytest.mark.parametrize("permission", TABLE, ids=lambda cls: cls.__name__)
def test_who_passes(permission, method, caller):
    users = {"anonymous": AnonymousUser(), "owner": OWNER}
    request = APIRequestFactory().generic(method, "/")
    request.user = users.get(caller) or Caller(caller)
    thing, view, check = SimpleNamespace(owner=OWNER), SimpleNamespace(), permission()

    passes = check.has_permission(request, view) and check.has_object_permission(
        request, view, thing
    )

    readers, writers = TABLE[permission]
    assert passes == (caller in (readers if method == "GET" else writers))


def test_owner_field_reaches_through_relations():
    request = APIRequestFactory().patch("/")
    request.user = OWNER
    line = SimpleNamespace(order=SimpleNamespace(customer=OWNER))
    view = SimpleNamespace(owner_field="order.customer")

    assert permissions.IsOwner().has_object_permission(request, view, line)


def test_nobody_owns_what_belongs_to_nobody():
    request = APIRequestFactory().get("/")
    request.user = OWNER
    thing = SimpleNamespace(owner=None)

    check = permissions.IsOwner().has_object_permission
    assert not check(request, SimpleNamespace(), thing)
