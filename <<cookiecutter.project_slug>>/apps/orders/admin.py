"""Orders in the admin: to read alone, since services guard stock and status."""

from django.contrib import admin

from apps.core.admin import ReadOnlyMixin, RowInline

from .models import Order, OrderLine


class OrderLineInline(ReadOnlyMixin, RowInline):
    model = OrderLine
    fields = ["product", "quantity", "unit_price"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("product")


@admin.register(Order)
class OrderAdmin(ReadOnlyMixin, admin.ModelAdmin):
    list_display = ["reference", "customer", "status", "currency", "created_at"]
    list_select_related = ["customer"]
    list_filter = ["status", "currency", "created_at"]
    search_fields = ["reference", "customer__email"]
    date_hierarchy = "created_at"
    inlines = [OrderLineInline]
    show_full_result_count = False
