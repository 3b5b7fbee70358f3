"""The sync against a server that fails in every way a stranger's server can."""

import gzip
import json
from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings as django_settings
from structlog.testing import capture_logs

from apps.core.errors import TemporaryFailure
from apps.rates import source as fetching
from apps.rates import tasks
from apps.rates.errors import SourceUnusable
from apps.rates.models import ExchangeRate, RateSource
from apps.rates.services import rates_sync

from .server import (
    breaks_off,
    closes,
    hangs,
    hangs_in_the_body,
    never_ends,
    sends,
)

GOOD = b'{"base": "EUR", "date": "2026-11-24", "rates": {"USD": 1.08, "GBP": "0.85"}}'
STORED = {"USD": Decimal("1.08"), "GBP": Decimal("0.85")}
pytestmark = pytest.mark.django_db


def document(**changes) -> bytes:
    return json.dumps({**json.loads(GOOD), **changes}).encode()


def rates() -> dict[str, Decimal]:
    return dict(ExchangeRate.objects.values_list("currency", "rate"))


def test_what_the_source_says_is_stored(source):
    source.replies = [sends(GOOD)]

    assert rates_sync() == 2

    assert rates() == STORED
    assert set(ExchangeRate.objects.values_list("base", "day")) == {
        ("EUR", date(2026, 11, 24))
    }
    assert source.asked[0]["Accept"] == "application/json"


def test_numbers_are_exact(source):
    body = GOOD.replace(b"1.08", b"1234567890.0123456789")
    source.replies = [sends(body)]

    rates_sync()

    usd = ExchangeRate.objects.get(currency="USD")
    # SQLite keeps decimals as floats of 15 digits.
    assert abs(usd.rate - Decimal("1234567890.0123456789")) < Decimal("0.00001")


def test_a_later_document_replaces_what_it_names_and_leaves_the_rest(source):
    later = document(date="2026-11-25", rates={"USD": 1.1})
    source.replies = [sends(GOOD), sends(later)]
    rates_sync()
    before = ExchangeRate.objects.get(currency="USD")

    assert rates_sync() == 1

    usd = ExchangeRate.objects.get(currency="USD")
    assert (usd.pk, usd.rate, usd.day) == (
        before.pk,
        Decimal("1.1"),
        date(2026, 11, 25),
    )
    assert usd.updated_at > before.updated_at
    assert rates() == {**STORED, "USD": Decimal("1.1")}


def test_what_has_not_changed_is_not_read_again(source, django_assert_num_queries):
    source.replies = [sends(GOOD, ETag='"one"'), sends(status=304)]
    rates_sync()
    before = list(ExchangeRate.objects.values())

    with django_assert_num_queries(1):
        assert rates_sync() == 0

    assert [asked.get("If-None-Match") for asked in source.asked] == [None, '"one"']
    assert list(ExchangeRate.objects.values()) == before


def test_an_etag_belongs_to_its_address(source, settings):
    source.replies = [sends(GOOD, ETag='"one"'), sends(GOOD)]
    rates_sync()
    settings.RATES_URL += "&more"

    rates_sync()

    assert "If-None-Match" not in source.asked[1]


def test_an_etag_without_end_is_forgotten(source):
    source.replies = [sends(GOOD, ETag=f'"{"x" * 1000}"')]

    assert rates_sync() == 2
    assert RateSource.objects.get().etag == ""


@pytest.mark.parametrize(
    "reply",
    [
        sends(status=500),
        sends(status=503, Retry_After="60"),
        sends(status=429),
        closes,
        breaks_off,
        hangs,
        hangs_in_the_body,
    ],
    ids=[
        *("500", "503", "429", "closed at once", "closed in the middle"),
        *("no answer", "no more of it"),
    ],
)
def test_what_may_pass_is_tried_again(source, monkeypatch, reply):
    source.replies = [reply, sends(GOOD)]

    with monkeypatch.context() as patched, pytest.raises(TemporaryFailure) as raised:
        patched.setattr(fetching, "READ_SECONDS", 0.2)
        rates_sync()
    assert rates() == {}
    assert "only-ours" not in str(raised.value)
    assert raised.value.__suppress_context__ or not raised.value.__context__

    assert rates_sync() == 2
    assert rates() == STORED


def test_no_server_at_all(source):
    source.server_close()

    with pytest.raises(TemporaryFailure, match="ConnectionError"):
        rates_sync()


@pytest.mark.parametrize(
    ("reply", "problem"),
    [
        (sends(status=404), "404"),
        (sends(status=401), "401"),
        (sends(GOOD, status=206), "206"),
        (sends(status=302, Location="http://127.0.0.1:1/"), "302"),
        (sends(b"<html>Welcome</html>"), "no JSON"),
        (sends(b"\xff\xfe"), "no JSON"),
        (sends(b"[" * 100_000), "no JSON"),
        (sends(GOOD[:-2]), "no JSON"),
        (sends(), "no JSON"),
        (sends(b"[1, 2]"), "no JSON object"),
        (sends(document(base="euro")), "base"),
        (sends(document(base=None)), "base"),
        (sends(document(date="today")), "date"),
        (sends(document(date=None)), "date"),
        (sends(document(rates=[1])), "rates"),
        (sends(document(rates={})), "rates"),
        (sends(document(rates={"USD": 0})), "rates"),
        (sends(b"0" * (fetching.MAX_BYTES + 1)), "bytes"),
        (sends(gzip.compress(b"0" * 50_000_000), Content_Encoding="gzip"), "bytes"),
        (sends(b"not zipped", Content_Encoding="gzip"), "ContentDecodingError"),
        (never_ends, "bytes"),
    ],
    ids=[
        *("404", "401", "206", "a redirect", "HTML", "no UTF-8", "too deep"),
        *("cut off", "empty", "a list", "a bad base", "no base", "a bad date"),
        *("no date", "a list of rates", "no rates", "no good rate", "too large"),
        *("a bomb", "not zipped", "without end"),
    ],
)
def test_what_will_not_pass_is_named(source, reply, problem):
    source.replies = [reply]

    with pytest.raises(SourceUnusable, match=problem) as raised:
        rates_sync()

    assert not isinstance(raised.value, TemporaryFailure)
    assert "only-ours" not in str(raised.value)
    assert not ExchangeRate.objects.exists()
    assert not RateSource.objects.exists()


def test_an_address_that_is_none(settings):
    settings.RATES_URL = "rates.example.com/?key=only-ours"

    with pytest.raises(SourceUnusable, match="MissingSchema") as raised:
        rates_sync()
    assert "only-ours" not in str(raised.value)


BAD = {
    "NaN": "NaN",
    "Infinity": "Infinity",
    "negative": "-1.5",
    "zero": "0",
    "no number": '"free"',
    "true": "true",
    "null": "null",
    "a list": "[1]",
    "too small": "1e-11",
    "too large": "1e10",
    "far too large": "1e300",
    "rounded up to too large": "9999999999.99999999999",
    "of many digits": "9" * 5000,
    "of a huge exponent": "1e999999999999999999999",
    "underscores": '"1_000"',
    "spaces": '" 1 "',
    "Arabic digits": '"\u0661"',
}


@pytest.mark.parametrize("number", BAD.values(), ids=BAD)
def test_one_bad_rate_spoils_no_other(source, number):
    bad = GOOD.replace(b"1.08", number.encode())
    source.replies = [sends(bad, ETag='"one"'), sends(GOOD, ETag='"two"')]

    with capture_logs() as logs:
        assert rates_sync() == 1

    assert rates() == {"GBP": Decimal("0.85")}
    [skipped] = [line for line in logs if line["event"] == "rate_skipped"]
    assert (skipped["code"], skipped["log_level"]) == ("USD", "warning")
    # The whole is wanted again, whatever was remembered before.
    assert rates_sync() == 2
    assert "If-None-Match" not in source.asked[1]
    assert rates() == STORED
    assert RateSource.objects.get().etag == '"two"'


@pytest.mark.parametrize("code", ["usd", "US", "USDT", "", "US\u00c5", "USD\n"])
def test_a_bad_code_is_skipped_and_named(source, code):
    source.replies = [sends(document(rates={code: 1, "GBP": 0.85}))]

    with capture_logs() as logs:
        assert rates_sync() == 1

    assert rates() == {"GBP": Decimal("0.85")}
    assert code in [line.get("code") for line in logs]


def test_after_a_part_the_former_etag_counts_no_more(source):
    """Else a source that goes back to its former answer would never be read again."""
    bad = GOOD.replace(b"1.08", b"-1").replace(b"0.85", b"0.99")
    source.replies = [
        sends(GOOD, ETag='"one"'),
        sends(bad, ETag='"two"'),
        sends(GOOD, ETag='"one"'),
    ]

    for _ in range(3):
        rates_sync()

    assert "If-None-Match" not in source.asked[2]
    assert rates() == STORED


def test_without_an_address_nobody_is_asked(settings, django_assert_num_queries):
    settings.RATES_URL = ""

    with capture_logs() as logs, django_assert_num_queries(0):
        assert rates_sync() == 0

    assert [line["event"] for line in logs] == ["rates_sync_off"]


def test_the_cost_does_not_grow_with_the_rates(source, django_assert_num_queries):
    """One upsert: 170 currencies need as many statements as two."""
    codes = [f"X{first}{second}" for first in "ABCDEFGHIJ" for second in "ABCDEFGHI"]
    source.replies = [
        sends(GOOD),
        sends(document(rates=dict.fromkeys(codes, 1.5))),
    ]
    rates_sync()

    # The source; savepoint, upsert, the source again and its update, release.
    with django_assert_num_queries(8):
        assert rates_sync() == 90


@pytest.mark.django_db(transaction=True)
def test_syncs_at_once_leave_each_rate_once(postgresql, source, at_once):
    codes = [f"X{first}{second}" for first in "ABCDEFGHIJ" for second in "ABCDEFGHI"]
    there = dict.fromkeys(codes, 1.5)
    back = dict.fromkeys(reversed(codes), 1.5)
    source.replies = [sends(document(rates=rates)) for rates in (there, back) * 4]

    assert at_once([rates_sync] * 8) == [len(codes)] * 8

    assert rates() == dict.fromkeys(codes, Decimal("1.5"))
    assert RateSource.objects.count() == 1


def test_the_task_and_its_schedule(source):
    source.replies = [sends(GOOD)]
    scheduled = [
        entry["task"] for entry in django_settings.CELERY_BEAT_SCHEDULE.values()
    ]

    assert tasks.rates_sync.name in scheduled
    tasks.rates_sync.delay()
    assert rates() == STORED
