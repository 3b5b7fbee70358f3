"""Exports in the admin: to read alone, since services guard status and file."""

from django.contrib import admin

from apps.core.admin import ReadOnlyMixin

from .models import Export


@admin.register(Export)
class ExportAdmin(ReadOnlyMixin, admin.ModelAdmin):
    list_display = [
        "id",
        "owner",
        "status",
        "rows_done",
        "rows_total",
        "created_at",
        "finished_at",
    ]
    list_select_related = ["owner"]
    list_filter = ["status", "created_at"]
    search_fields = ["id", "owner__email"]
    # Whoever reads along needs no copy of a customer's file.
    exclude = ["file"]
    show_full_result_count = False
