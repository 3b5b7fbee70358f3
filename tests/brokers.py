"""Servers that tests may stop, kill and start again: their own, on ports of their own.

The machine's servers are everybody's; no fault is made on those.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from abc import ABC, abstractmethod
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

import boto3
import pytest
from kombu import Connection

# Where Debian has the program behind the wrapper that insists on a system user.
RABBITMQ = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")
# After what a server of ours should be up, on a busy machine.
PATIENCE_SECONDS = 120
EVERYBODY_READS = {
    "Version": "2012-10-17",
    "Statement": {
        "Effect": "Allow",
        "Principal": "*",
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::shop/*",
    },
}


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def need(program: str | Path) -> None:
    """Skip a developer's test that cannot run here; CI never goes without it."""
    if shutil.which(program) is None:
        assert not os.environ.get("CI"), f"{program} is not installed."
        pytest.skip(f"{program} is not installed on this machine")


class PrivateServer(ABC):
    """A server of a test's own. Subclasses say how it is started."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self._process: subprocess.Popen | None = None

    @abstractmethod
    def command(self) -> list[str]:
        """Return what starts it, in the foreground."""

    def environment(self) -> dict[str, str]:
        return {}

    @abstractmethod
    def answers(self) -> bool:
        """Tell whether it takes connections."""

    def start(self) -> None:
        with (self.folder / f"{type(self).__name__}.log").open("a") as log:
            self._process = subprocess.Popen(
                self.command(),
                cwd=self.folder,
                env={**os.environ, **self.environment()},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not self.answers():
            assert self._process.poll() is None, "the server ended at once"
            assert time.monotonic() < deadline, "the server does not answer"
            time.sleep(0.1)

    def stop(self) -> None:
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGTERM)
            self._process.wait(timeout=60)
            self._process = None

    def _says(self, sent: bytes, expected: bytes) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), 1) as connection:
                connection.settimeout(1)
                connection.sendall(sent)
                return connection.recv(64).startswith(expected)
        except OSError:
            return False


class PrivateRabbitMQ(PrivateServer):
    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._node = f"nexus-{uuid4().hex[:8]}@localhost"
        self._distribution_port = free_port()

    @property
    def url(self) -> str:
        return f"amqp://guest:guest@127.0.0.1:{self.port}//"

    def empty(self) -> None:
        """Take away the queues that a test before this one declared."""
        with Connection(self.url) as connection:
            for queue in ("default", "mail", "long", "dead"):
                connection.default_channel.queue_delete(queue)

    def command(self) -> list[str]:
        return [str(RABBITMQ)]

    def environment(self) -> dict[str, str]:
        (self.folder / "enabled_plugins").write_text("[].\n")
        return {
            "HOME": str(self.folder),
            "RABBITMQ_NODENAME": self._node,
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODE_PORT": str(self.port),
            "RABBITMQ_DIST_PORT": str(self._distribution_port),
            "RABBITMQ_MNESIA_BASE": str(self.folder / "data"),
            "RABBITMQ_LOG_BASE": str(self.folder / "logs"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(self.folder / "enabled_plugins"),
            "RABBITMQ_CONF_ENV_FILE": str(self.folder / "none.conf"),
            "RABBITMQ_CONFIG_FILE": str(self.folder / "none"),
        }

    def answers(self) -> bool:
        return self._says(b"AMQP\x00\x00\x09\x01", b"\x01\x00\x00")


class PrivateRedis(PrivateServer):
    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def command(self) -> list[str]:
        return ["redis-server", "--port", str(self.port), "--save", ""]

    def answers(self) -> bool:
        return self._says(b"PING\r\n", b"+PONG")


class PrivateS3(PrivateServer):
    """moto's server: S3 by HTTP, in memory."""

    KEY, SECRET = "key", "secret/with+signs"

    def start(self) -> None:
        """Start it with the two buckets that the README asks for."""
        super().start()
        for bucket in ("shop", "shop-private"):
            self.client().create_bucket(Bucket=bucket)
        policy = json.dumps(EVERYBODY_READS)
        self.client().put_bucket_policy(Bucket="shop", Policy=policy)

    def client(self):
        return boto3.client(
            "s3",
            endpoint_url=self.endpoint,
            region_name="us-east-1",
            aws_access_key_id=self.KEY,
            aws_secret_access_key=self.SECRET,
        )

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def url(self, bucket: str) -> str:
        credentials = f"{self.KEY}:{quote(self.SECRET, safe='')}"
        return f"s3+http://{credentials}@127.0.0.1:{self.port}/{bucket}"

    def command(self) -> list[str]:
        address = ("-H", "127.0.0.1", "-p", str(self.port))
        return [sys.executable, "-m", "moto.server", *address]

    def answers(self) -> bool:
        return self._says(b"GET /moto-api/ HTTP/1.0\r\n\r\n", b"HTTP/1.")
