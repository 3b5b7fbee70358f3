"""Background work of accounts: each task is a thin shell around a service."""

from celery import shared_task
from django.db import OperationalError

from . import services


@shared_task(
    name="accounts.expired_tokens_purge",
    autoretry_for=(OperationalError,),
    retry_backoff=True,
    retry_jitter=True,
    max_retries=5,
)
def expired_tokens_purge() -> int:
    return services.expired_tokens_purge()
