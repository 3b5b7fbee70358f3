"""Background work of rates: each task is a thin shell around a service."""

from apps.background.base import LongTask, service_task

from . import services

# Not for its length: it waits for somebody else's server, which no transaction should.
rates_sync = service_task(
    services.rates_sync, base=LongTask, soft_time_limit=50, time_limit=60
)
