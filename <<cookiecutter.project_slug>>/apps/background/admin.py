"""The outbox in the admin: what waits, what was done, what failed and may go again."""

import json

from django.contrib import admin
from django.db.models import Q

from apps.core.admin import ReadOnlyMixin
from apps.core.logging import masked

from . import services
from .models import OutboxMessage

_STATES = {
    "waiting": Q(delivered_at=None, done_at=None, failed_at=None),
    "delivered": Q(delivered_at__isnull=False, done_at=None, failed_at=None),
    "done": Q(done_at__isnull=False),
    "failed": Q(failed_at__isnull=False),
}


class StateFilter(admin.SimpleListFilter):
    title = parameter_name = "state"

    def lookups(self, request, model_admin):
        return [(state, state) for state in _STATES]

    def queryset(self, request, queryset):
        return queryset.filter(_STATES.get(self.value() or "", Q()))


@admin.register(OutboxMessage)
class OutboxMessageAdmin(ReadOnlyMixin, admin.ModelAdmin):
    list_display = ["name", "state", "created_at", "attempts", "error", "request_id"]
    list_filter = [StateFilter, "name", "created_at"]
    search_fields = ["key__exact", "request_id__exact", "name"]
    fields = [
        *("key", "name", "shown_arguments", "request_id", "created_at", "due_at"),
        *("delivered_at", "done_at", "failed_at", "attempts", "error", "result"),
    ]
    show_full_result_count = False
    actions = ["send_again"]

    def has_send_permission(self, request) -> bool:
        return request.user.has_perm("background.change_outboxmessage")

    @admin.action(description="Send failed messages again", permissions=["send"])
    def send_again(self, request, queryset) -> None:
        keys = list(queryset.values_list("key", flat=True))
        count = services.messages_requeue(keys=keys)
        self.message_user(request, f"{count} failed messages will be sent again.")

    @admin.display
    def state(self, message: OutboxMessage) -> str:
        if message.failed_at:
            return "failed"
        if message.done_at:
            return "done"
        return "delivered" if message.delivered_at else "waiting"

    @admin.display(description="arguments")
    def shown_arguments(self, message: OutboxMessage) -> str:
        return json.dumps(masked(message.arguments), indent=1, ensure_ascii=False)
