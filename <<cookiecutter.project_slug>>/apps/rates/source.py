"""Asking the source over HTTP: everything that a stranger's server may do to us.

What is raised never repeats the address, which may hold a key, nor do the errors of
`requests`, so they are not chained.
"""

from dataclasses import dataclass
from http import HTTPStatus

import requests
from requests import exceptions

from apps.core.errors import TemporaryFailure

from .errors import SourceUnusable

CONNECT_SECONDS = 3.05
READ_SECONDS = 10  # between two pieces, not for the whole; the task's limit is that
MAX_BYTES = 1024 * 1024
_CHUNK_BYTES = 16 * 1024
_MAY_PASS = (
    exceptions.ConnectionError,
    exceptions.Timeout,
    # The connection broke in the middle of the body.
    exceptions.ChunkedEncodingError,
)


@dataclass(frozen=True)
class Answer:
    body: bytes
    etag: str


def source_fetch(*, url: str, etag: str = "") -> Answer | None:
    """Return what the source gives; None when that has not changed since `etag`.

    Raises:
        TemporaryFailure: it does not answer, is busy or broken; it may work later.
        SourceUnusable: it refuses, sends us elsewhere, or its answer is too large.
    """
    headers = {"Accept": "application/json"}
    if etag:
        headers["If-None-Match"] = etag
    try:
        with requests.get(
            url,
            headers=headers,
            timeout=(CONNECT_SECONDS, READ_SECONDS),
            # Whoever answers decides where a redirect leads, inside our network too.
            allow_redirects=False,
            stream=True,
        ) as response:
            return _answer(response)
    except _MAY_PASS as error:
        problem = f"The source cannot be read: {type(error).__name__}."
        raise TemporaryFailure(problem) from None
    except exceptions.RequestException as error:
        problem = f"The source cannot be asked: {type(error).__name__}."
        raise SourceUnusable(problem) from None


def _answer(response: requests.Response) -> Answer | None:
    status = response.status_code
    if status == HTTPStatus.NOT_MODIFIED:
        return None
    if status >= 500 or status == HTTPStatus.TOO_MANY_REQUESTS:
        raise TemporaryFailure(f"The source answers {status}.")
    if status != HTTPStatus.OK:
        raise SourceUnusable(f"The source answers {status}.")
    return Answer(_body(response), response.headers.get("ETag", ""))


def _body(response: requests.Response) -> bytes:
    """Return the body, decompressed; stop reading as soon as it is too large."""
    body = bytearray()
    for chunk in response.iter_content(_CHUNK_BYTES):
        body += chunk
        if len(body) > MAX_BYTES:
            raise SourceUnusable(f"The source sends more than {MAX_BYTES} bytes.")
    return bytes(body)
