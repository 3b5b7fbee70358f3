"""Background work of the digest: each task is a thin shell around a service."""

from apps.background.base import service_task

from . import services

digest_email_send = service_task(services.digest_email_send)
digests_record = service_task(services.digests_record)
