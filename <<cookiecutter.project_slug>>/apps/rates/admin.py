"""Exchange rates in the admin: to read alone, since the source says what they are."""

from django.contrib import admin

from apps.core.admin import ReadOnlyMixin

from .models import ExchangeRate, RateSource


@admin.register(ExchangeRate)
class ExchangeRateAdmin(ReadOnlyMixin, admin.ModelAdmin):
    list_display = ["base", "currency", "rate", "day", "updated_at"]
    list_filter = ["base", "day"]
    search_fields = ["base", "currency"]


@admin.register(RateSource)
class RateSourceAdmin(ReadOnlyMixin, admin.ModelAdmin):
    list_display = ["host", "etag", "created_at", "updated_at"]
