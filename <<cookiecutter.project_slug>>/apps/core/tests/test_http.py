"""The caller's address, with and without proxies."""

import pytest
from django.test import RequestFactory

from apps.core.http import client_ip

FORWARDED = "6.6.6.6, 203.0.113.7, 10.0.0.2"


@pytest.mark.parametrize(
    ("hops", "forwarded", "expected"),
    [
        (0, FORWARDED, "10.0.0.1"),
        (1, FORWARDED, "10.0.0.2"),
        (2, FORWARDED, "203.0.113.7"),
        (9, "203.0.113.7", "203.0.113.7"),
        (1, None, "10.0.0.1"),
    ],
)
def test_only_trusted_hops_are_believed(settings, hops, forwarded, expected):
    settings.TRUSTED_PROXY_COUNT = hops
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}

    request = RequestFactory().get("/", headers=headers, REMOTE_ADDR="10.0.0.1")

    assert client_ip(request) == expected
