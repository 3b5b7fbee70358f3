"""The catalog in the admin."""

from django.contrib import admin
from django.db.models import QuerySet

from apps.core.admin import ReadOnlyMixin, RowInline
from apps.core.cache import generation_bump

from .models import Category, Product, ProductTag, Review, Tag
from .namespaces import CATALOG, CATEGORIES


class CatalogAdmin(admin.ModelAdmin):
    """Whatever is saved or deleted here is in the next answer of the API."""

    def log_addition(self, request, obj, message):
        self._changed()
        return super().log_addition(request, obj, message)

    def log_change(self, request, obj, message):
        self._changed()
        return super().log_change(request, obj, message)

    def log_deletions(self, request, queryset: QuerySet):
        self._changed()
        return super().log_deletions(request, queryset)

    @staticmethod
    def _changed() -> None:
        generation_bump(CATALOG)
        generation_bump(CATEGORIES)


class ProductTagInline(RowInline):
    """Tags are added and taken off; a field to change one costs a query a row."""

    model = ProductTag
    extra = 0
    autocomplete_fields = ["tag"]

    def get_queryset(self, request) -> QuerySet:
        return super().get_queryset(request).select_related("tag")

    def has_change_permission(self, request, obj=None) -> bool:
        return False


@admin.register(Category)
class CategoryAdmin(CatalogAdmin):
    list_display = ["name", "slug", "parent", "created_at"]
    list_select_related = ["parent"]
    search_fields = ["name", "slug"]
    autocomplete_fields = ["parent"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Tag)
class TagAdmin(CatalogAdmin):
    list_display = ["name", "slug"]
    search_fields = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Product)
class ProductAdmin(CatalogAdmin):
    list_display = [
        "name",
        "sku",
        "category",
        "price",
        "currency",
        "stock",
        "is_active",
    ]
    list_select_related = ["category"]
    list_filter = [
        "is_active",
        "currency",
        ("category", admin.RelatedOnlyFieldListFilter),
    ]
    search_fields = ["name", "sku"]
    autocomplete_fields = ["category"]
    prepopulated_fields = {"slug": ["name"]}
    readonly_fields = ["rating", "rating_count", "created_at", "updated_at"]
    inlines = [ProductTagInline]
    # Counting a large table for every page of it costs more than the page.
    show_full_result_count = False

    def get_queryset(self, request) -> QuerySet:
        return super().get_queryset(request).defer("search")


@admin.register(Review)
class ReviewAdmin(ReadOnlyMixin, admin.ModelAdmin):
    """To read alone: the `review_*` services keep the product's rating true."""

    list_display = ["product", "author", "rating", "created_at"]
    list_select_related = ["product", "author"]
    list_filter = ["rating", "created_at"]
    search_fields = ["product__name", "author__email", "text"]
    show_full_result_count = False
