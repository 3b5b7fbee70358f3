"""Work that a transaction promises, to be done once it has committed.

    message_send("accounts.verification_email_send", user_id=user.pk)

names the service that does the work, never a task: services know nothing of how, or
where, it runs. MESSAGE_SENDER decides that.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string


def message_send(name: str, **arguments: Any) -> None:
    """Have a service called after the commit; nothing happens on a rollback.

    Args:
        name: `app.service`, for a service that takes JSON values alone.
    """
    import_string(settings.MESSAGE_SENDER)(name=name, arguments=arguments)


def service_named(name: str) -> Callable[..., Any]:
    """Return the service behind a message's name.

    Raises:
        ImportError: there is no such service.
    """
    app, service = name.split(".")
    return import_string(f"apps.{app}.services.{service}")


def call_after_commit(*, name: str, arguments: dict[str, Any]) -> None:
    """The sender that needs no other process: call it as soon as the commit is done.

    What was committed stays whatever becomes of the call: a failure is logged.
    """
    service = service_named(name)
    transaction.on_commit(lambda: service(**arguments), robust=True)
