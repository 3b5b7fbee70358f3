"""The permission classes that nearly every API needs, over `policies`.

The owner classes look at the object's `owner`, or at the field that the view names
in `owner_field` (dots reach further: `"order.customer"`). An object that the caller
may not see at all belongs out of the view's queryset instead: that is a 404.
"""

from operator import attrgetter

from rest_framework.permissions import SAFE_METHODS, BasePermission

from . import policies


class IsAdmin(BasePermission):
    def has_permission(self, request, view) -> bool:
        return policies.is_admin(request.user)


class IsManager(BasePermission):
    def has_permission(self, request, view) -> bool:
        return policies.is_manager(request.user)


class IsAdminOrReadOnly(BasePermission):
    def has_permission(self, request, view) -> bool:
        return request.method in SAFE_METHODS or policies.is_admin(request.user)


class IsManagerOrReadOnly(BasePermission):
    def has_permission(self, request, view) -> bool:
        return request.method in SAFE_METHODS or policies.is_manager(request.user)


class _OwnerPermission(BasePermission):
    """Somebody logged in; what they may do with an object is `allows`."""

    def has_permission(self, request, view) -> bool:
        return request.user.is_authenticated

    def has_object_permission(self, request, view, obj) -> bool:
        owner = attrgetter(getattr(view, "owner_field", "owner"))(obj)
        return self.allows(request, owner)

    def allows(self, request, owner) -> bool:
        return policies.is_owner(request.user, owner)


class IsOwner(_OwnerPermission):
    """The owner alone."""


class IsOwnerOrAdmin(_OwnerPermission):
    def allows(self, request, owner) -> bool:
        return policies.is_owner_or_admin(request.user, owner)


class IsOwnerOrReadOnly(_OwnerPermission):
    """Everybody reads, the owner writes."""

    def has_permission(self, request, view) -> bool:
        return request.method in SAFE_METHODS or request.user.is_authenticated

    def allows(self, request, owner) -> bool:
        return request.method in SAFE_METHODS or super().allows(request, owner)
