"""Bases of admin pages."""

from django.contrib import admin


class ReadOnlyMixin:
    """Shows what services alone may change."""

    def has_add_permission(self, request, obj=None) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


class RowInline(admin.TabularInline):
    """Rows whose cells say it all, without a caption above each."""

    class Media:
        css = {"all": ["core/admin.css"]}
