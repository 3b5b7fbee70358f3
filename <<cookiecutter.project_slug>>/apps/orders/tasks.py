"""Background work of orders: each task is a thin shell around a service."""

from apps.background.base import service_task

from . import services

confirmation_email_send = service_task(services.confirmation_email_send)
