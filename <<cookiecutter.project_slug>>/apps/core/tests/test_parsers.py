"""Bodies that are broken, too deep or too large."""

import pytest
from django.conf import settings

LOGIN = "/api/v1/auth/login/"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{", 400, "parse_error"),
        (b"\xff\xfe", 400, "parse_error"),
        (b"[" * 100_000, 400, "parse_error"),
        (b'{"email": ' + b"9" * 5_000 + b"}", 400, "parse_error"),
        (b"x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1), 413, "payload_too_large"),
        (b"[]", 400, "invalid"),
        (b"null", 400, "null"),
    ],
    ids=["broken", "no utf-8", "deep", "huge number", "large", "a list", "null"],
)
def test_is_refused(api_client, body, status, code):
    response = api_client.post(LOGIN, data=body, content_type="application/json")

    assert response.status_code == status
    assert response.json()["errors"][0]["code"] == code


def test_another_media_type_is_refused(api_client):
    response = api_client.post(LOGIN, data="a=b", content_type="text/plain")

    assert response.status_code == 415
