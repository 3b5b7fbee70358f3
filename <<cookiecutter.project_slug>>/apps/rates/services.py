"""Bringing the exchange rates up to date."""

from hashlib import blake2b
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.db import transaction

from apps.core.cache import generation_bump

from .documents import Document, document_read
from .models import MAX_ETAG_LENGTH, ExchangeRate, RateSource
from .namespaces import RATES
from .source import source_fetch

logger = structlog.get_logger(__name__)


def rates_sync() -> int:
    """Ask RATES_URL for what is new, and store what makes sense of it.

    Safe to repeat: the same document leaves the same rows. No transaction is open
    while the source is asked, which may take its time.

    Returns:
        How many rates were stored.

    Raises:
        TemporaryFailure: the source cannot answer now.
        SourceUnusable: it will not answer with rates, however often it is asked.
    """
    url = settings.RATES_URL
    if not url:
        logger.info("rates_sync_off", reason="RATES_URL is empty")
        return 0
    fingerprint = blake2b(url.encode(), digest_size=16).hexdigest()
    source = RateSource.objects.filter(fingerprint=fingerprint).first()
    answer = source_fetch(url=url, etag=source.etag if source else "")
    if answer is None:
        logger.info("rates_unchanged")
        return 0
    document = document_read(body=answer.body)
    # A document that was not stored as a whole is asked for again.
    whole = not document.invalid and len(answer.etag) <= MAX_ETAG_LENGTH
    with transaction.atomic():
        _store(document)
        RateSource.objects.update_or_create(
            fingerprint=fingerprint,
            defaults={
                "host": urlsplit(url).hostname,
                "etag": answer.etag if whole else "",
            },
        )
        generation_bump(RATES)
    for code, reason in document.invalid.items():
        logger.warning("rate_skipped", code=code, reason=reason)
    logger.info("rates_synced", stored=len(document.rates))
    return len(document.rates)


def _store(document: Document) -> None:
    ExchangeRate.objects.bulk_create(
        [
            ExchangeRate(
                base=document.base, currency=currency, rate=rate, day=document.day
            )
            # In one order, so that two syncs at once wait instead of deadlocking.
            for currency, rate in sorted(document.rates.items())
        ],
        update_conflicts=True,
        unique_fields=["base", "currency"],
        update_fields=["rate", "day", "updated_at"],
    )
