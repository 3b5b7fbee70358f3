"""Background work of accounts: each task is a thin shell around a service."""

from apps.background.base import service_task

from . import services

already_registered_email_send = service_task(services.already_registered_email_send)
expired_tokens_purge = service_task(services.expired_tokens_purge)
password_reset_email_send = service_task(services.password_reset_email_send)
verification_email_send = service_task(services.verification_email_send)
