"""Metrics, traces and error reports of the roles that the image runs."""

import gzip
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
import requests
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
)
from prometheus_client.parser import text_string_to_metric_families

from .brokers import free_port
from .stacks import Stack, eventually

TOKEN = "of-prometheus" * 4
REQUEST_ID = "of-this-test"
ROLE = ("sh", "docker/entrypoint.sh")
# As in the image, where its programs are found first.
PATH = {"PATH": f"{sys.prefix}/bin:{os.environ['PATH']}"}
BROKEN = """

def broken(request):
    raise ValueError("password=hunter2")


urlpatterns.append(path("broken", broken))
"""


class Receiver(ThreadingHTTPServer):
    """Takes what is posted to it, as Sentry and as a collector of traces."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Keeper)
        self.taken: list[tuple[str, bytes]] = []

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.server_port}"

    def events(self) -> list[dict]:
        """Errors, out of Sentry's envelopes: a line of header before each item."""
        lines = [
            json.loads(line)
            for path, body in self.taken
            if path.endswith("/envelope/")
            for line in body.splitlines()
        ]
        return [line for line in lines if "exception" in line]

    def spans(self) -> list[tuple[str, object]]:
        """Name of the service and span, of every span that came."""
        found = []
        for path, body in self.taken:
            if path == "/v1/traces":
                for part in ExportTraceServiceRequest.FromString(body).resource_spans:
                    names = {item.key: item.value for item in part.resource.attributes}
                    service = names["service.name"].string_value
                    spans = [span for scope in part.scope_spans for span in scope.spans]
                    found += [(service, span) for span in spans]
        return found


class _Keeper(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        self.server.taken.append((self.path, body))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args) -> None:
        """Say nothing: the test asks for what came."""


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@contextmanager
def web(stack: Stack, **environment: str) -> Iterator[str]:
    """Run the image's web role; yield its address."""
    url = f"http://127.0.0.1:{(port := free_port())}"
    process = stack.spawn(
        *ROLE, "web", log="web", PORT=str(port), **PATH, **environment
    )

    def answers() -> bool:
        try:
            return requests.get(f"{url}/health/live/", timeout=5).ok
        except requests.RequestException:
            return False

    eventually(answers, "the web does not answer")
    yield url
    stack.kill(process)


def counted(url: str) -> float:
    """How many requests the workers have answered, by /metrics."""
    answer = requests.get(
        f"{url}/metrics", headers={"Authorization": f"Bearer {TOKEN}"}, timeout=10
    )
    assert answer.status_code == 200
    return sum(
        sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
        if sample.name == "django_http_responses_total_by_status_view_method_total"
        and sample.labels["view"] == "health-live"
    )


def test_metrics_add_up_over_the_workers(stack):
    with web(stack, METRICS_TOKEN=TOKEN) as url:
        before = counted(url)
        # Each on a connection of its own, so that both workers get some.
        for _ in range(30):
            requests.get(f"{url}/health/live/", timeout=10)

        assert counted(url) == before + 30


def test_an_error_is_reported_without_what_is_secret(stack, receiver):
    with (stack.project / "config" / "urls.py").open("a") as urls:
        urls.write(BROKEN)
    with web(stack, SENTRY_DSN=f"http://key@{receiver.host}/1") as url:
        answer = requests.get(
            f"{url}/broken?token=t0ken",
            headers={"X-Request-ID": REQUEST_ID, "Authorization": "Bearer b3arer"},
            timeout=10,
        )
        eventually(receiver.events, "no report came")

    assert answer.status_code == 500
    [event] = receiver.events()
    assert event["exception"]["values"][-1]["type"] == "ValueError"
    assert event["tags"]["request_id"] == REQUEST_ID
    for secret in ("hunter2", "t0ken", "b3arer"):
        assert secret not in str(receiver.taken)


def test_a_trace_leads_from_the_request_to_the_task(stack, receiver):
    traces = {"OTEL_EXPORTER_OTLP_ENDPOINT": f"http://{receiver.host}"}
    stack.spawn(*ROLE, "worker", log="worker", **PATH, **traces)
    with web(stack, **traces) as url:
        ada = {"email": "ada@example.com", "password": "correct-horse-battery"}
        registered = requests.post(
            f"{url}/api/v1/auth/register/?token=t0ken", json=ada, timeout=30
        )
        assert registered.status_code == 202

        def traced() -> dict[str, list[str]]:
            """Names of the spans by service, of the trace of the registration."""
            spans = receiver.spans()
            [trace] = {
                span.trace_id for _, span in spans if "auth/register" in span.name
            } or [None]
            names: dict[str, list[str]] = {}
            for service, span in spans:
                if span.trace_id == trace:
                    names.setdefault(service, []).append(span.name)
            return names

        eventually(lambda: len(traced()) == 2, "no trace goes through both")

    slug = stack.project.name
    names = traced()
    assert {f"{slug}-web", f"{slug}-worker"} == set(names)
    assert "INSERT" in names[f"{slug}-web"]
    assert any("email_send" in name for name in names[f"{slug}-worker"])
    assert b"t0ken" not in b"".join(body for _, body in receiver.taken)
