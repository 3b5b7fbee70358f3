"""What rows hold leaves as JSON, the same from every path."""

from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

import pytest

from apps.core.renderers import JSONRenderer

ID = "0b0f1f2e-6f0a-4b8e-9d68-000000000001"


@pytest.mark.parametrize(
    ("value", "json"),
    [
        (Decimal("10.10"), b'"10.10"'),
        (Decimal("0.1") + Decimal("0.2"), b'"0.3"'),
        (datetime(2026, 11, 24, 12, tzinfo=UTC), b'"2026-11-24T12:00:00Z"'),
        (UUID(ID), f'"{ID}"'.encode()),
        ("Çédille", '"Çédille"'.encode()),
        ({1: None}, b'{"1":null}'),
        (None, b""),
    ],
    ids=str,
)
def test_types(value, json):
    assert JSONRenderer().render(value) == json
