"""Files in a bucket of an S3-compatible service, which STORAGE_URL switches on."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import Lock

import boto3
from boto3.resources.base import ServiceResource
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files import File
from storages.backends.s3 import S3Storage

from .errors import TemporaryFailure

CLIENT = Config(
    # Requests wait for it: a service that is down has to be noticed soon.
    connect_timeout=2,
    read_timeout=10,
    retries={"mode": "standard", "total_max_attempts": 2},
    # Names of buckets as hosts, and Amazon's newest checksums, are not everywhere.
    s3={"addressing_style": "path"},
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)
# What has to be read from a file is kept in memory up to this, on the disk beyond.
MAX_MEMORY_BYTES = 1024 * 1024
_lock = Lock()


class BucketStorage(S3Storage):
    """Knows a service that does not answer from one that refuses.

    Raises:
        TemporaryFailure: from whatever reads or writes; the same may work later.
    """

    def __init__(self, **settings) -> None:
        options = {"file_overwrite": False, "max_memory_size": MAX_MEMORY_BYTES}
        super().__init__(client_config=CLIENT, **options, **settings)

    @property
    def connection(self) -> ServiceResource:
        # The library's own would be one a thread and storage, of 17 MB each.
        with _lock:
            return _connection(
                self.endpoint_url, self.region_name, self.access_key, self.secret_key
            )

    def exists(self, name: str) -> bool:
        with _answering():
            return super().exists(name)

    def delete(self, name: str) -> None:
        with _answering():
            super().delete(name)

    def _open(self, name: str, mode: str = "rb") -> File:
        with _answering():
            file = super()._open(name, mode)
            # It is fetched when it is looked at: here, not half-way through an answer.
            return file.open()

    def _save(self, name: str, content: File) -> str:
        with _answering():
            return super()._save(name, content)


@cache
def _connection(
    endpoint_url: str, region_name: str, access_key: str, secret_key: str
) -> ServiceResource:
    session = boto3.Session(
        aws_access_key_id=access_key,
        aws_secret_access_key=secret_key,
        region_name=region_name,
    )
    return session.resource("s3", endpoint_url=endpoint_url, config=CLIENT)


@contextmanager
def _answering() -> Iterator[None]:
    try:
        yield
    except BotoCoreError as error:
        raise _failure() from error
    except ClientError as error:
        if error.response["ResponseMetadata"]["HTTPStatusCode"] < 500:
            raise
        raise _failure() from error


def _failure() -> TemporaryFailure:
    return TemporaryFailure("The store of files does not answer. Try again later.")
