"""How a service becomes a task: `service_task(services.order_export)`, and no more."""

from collections.abc import Callable
from functools import partial
from typing import Any

import structlog
from celery import Task, shared_task
from celery.exceptions import TimeLimitExceeded
from django.db import Error, InterfaceError, OperationalError

from apps.core.errors import TemporaryFailure

from . import services

logger = structlog.get_logger(__name__)

# A header of messages that went past the outbox: no row is there to be found.
_PAST_OUTBOX = "past_outbox"


class ServiceTask(Task):
    """Does what a message promised: tried again if that may help, given up otherwise.

    The message's key is the task's id, whatever path it took.
    """

    # Errors that can pass. Any other will come again: it gives up at once.
    autoretry_for = (
        TemporaryFailure,
        ConnectionError,
        TimeoutError,
        OperationalError,
        InterfaceError,
    )
    # The last of them a quarter of an hour after the first failure.
    max_retries = 8
    retry_backoff = 2  # seconds, doubled each time
    retry_backoff_max = 600
    # Anything up to that, so that what failed together does not come back together.
    retry_jitter = True
    handle = staticmethod(services.message_handle)

    def apply_async(self, *args, **options):
        """Send a message past the outbox, whose own are not sent by this."""
        if not options.get("retries"):
            # Celery comes by here again for what it retries, whoever sent it first.
            options["headers"] = {**(options.get("headers") or {}), _PAST_OUTBOX: True}
        return super().apply_async(*args, **options)

    def on_retry(self, exc, task_id, args, kwargs, einfo) -> None:
        self._note(services.message_attempt_failed, key=task_id, error=exc)

    def on_failure(self, exc, task_id, args, kwargs, einfo) -> None:
        if isinstance(exc, TimeLimitExceeded):
            # The worker says so before it kills the process, which has a lock on the
            # message. It comes again, and lies among the dead letters in the end.
            return
        self._note(services.message_attempt_failed, key=task_id, error=exc)
        self._note(services.message_give_up, key=task_id)
        self.gave_up(kwargs)

    def gave_up(self, arguments: dict[str, Any]) -> None:
        """For tasks that have somebody to tell: nobody will try these again."""

    @staticmethod
    def _note(service: Callable[..., None], **arguments: Any) -> None:
        """Write into the outbox, unless the database is what failed.

        An error here would send a message that is retried to the dead letters too.
        """
        try:
            service(**arguments)
        except Error:
            logger.exception("message_not_noted", key=arguments["key"])


class LongTask(ServiceTask):
    """For work of minutes that commits as it goes. Its service bears running twice."""

    # RabbitMQ takes a message back from whoever holds it for half an hour.
    soft_time_limit = 20 * 60
    time_limit = 25 * 60
    handle = staticmethod(services.message_handle_long)


def service_task(
    service: Callable[..., Any], base: type[ServiceTask] = ServiceTask, **options
) -> ServiceTask:
    """Return the task `app.service` that calls a service.

    Args:
        options: of the task, as Celery knows them.
    """
    app = service.__module__.split(".")[1]

    def run(self: ServiceTask, **arguments: Any) -> Any:
        key = None if self.request.get(_PAST_OUTBOX) else self.request.id
        return self.handle(key=key, work=partial(service, **arguments))

    run.__doc__ = service.__doc__
    name = f"{app}.{service.__name__}"
    return shared_task(name=name, base=base, bind=True, **options)(run)
