"""A service of files that is down or silent: an error that says so, and no hang.

What it does while it is up, the template's own tests show on a real one.
"""

import socket
from collections.abc import Iterator

import pytest
from botocore.config import Config
from django.core.files.base import ContentFile

from apps.core import storage
from apps.core.errors import TemporaryFailure
from config.buckets import Buckets


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """Takes connections, and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener


@pytest.fixture
def files(listener, monkeypatch) -> storage.BucketStorage:
    """A bucket's files, from a service that is waited for a moment only."""
    short = storage.CLIENT.merge(Config(connect_timeout=0.2, read_timeout=0.2))
    monkeypatch.setattr(storage, "CLIENT", short)
    port = listener.getsockname()[1]
    url = f"s3+http://key:secret@127.0.0.1:{port}/shop"
    options = Buckets.from_url(url).storages["default"]["OPTIONS"]
    return storage.BucketStorage(**options)


@pytest.fixture(params=["silent", "down"])
def outage(request, listener, files) -> None:
    if request.param == "down":
        listener.close()


@pytest.mark.parametrize(
    "call",
    [
        lambda files: files.save("a.txt", ContentFile(b"a")),
        lambda files: files.open("a.txt"),
        lambda files: files.exists("a.txt"),
        lambda files: files.delete("a.txt"),
    ],
    ids=["save", "open", "exists", "delete"],
)
def test_a_service_that_does_not_answer(outage, files, call):
    with pytest.raises(TemporaryFailure):
        call(files)


def test_addresses_cost_no_question(listener, files):
    port = listener.getsockname()[1]
    listener.close()

    assert files.url("a b.txt") == f"http://127.0.0.1:{port}/shop/a%20b.txt"
