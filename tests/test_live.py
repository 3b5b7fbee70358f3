"""A baked project as its users meet it: a server of its own, real HTTP."""

import re
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from .brokers import free_port
from .template import bake, clean_environment

EMAIL, PASSWORD = "ada@example.com", "correct-horse-battery"
# Each is followed by the address to listen at.
RUNSERVER = ("manage.py", "runserver", "--noreload")
GUNICORN = ("-m", "gunicorn", "config.wsgi", "--bind")


@contextmanager
def serving(project: Path, log: Path, server=RUNSERVER, **environment: str):
    """Run a server of the project, the embedded default unless told; yield its URL."""
    variables = {**clean_environment(), **environment}
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=project, env=variables, check=True)
    url = f"http://127.0.0.1:{free_port()}"
    command = [sys.executable, *server, url.removeprefix("http://")]
    with log.open("w") as output:
        process = subprocess.Popen(
            command,
            cwd=project,
            env=variables,
            stdout=output,
            stderr=output,
        )
    try:
        wait_for(f"{url}/health/live/", process, log)
        yield url
    finally:
        process.terminate()
        process.wait(timeout=60)


def wait_for(url: str, server: subprocess.Popen, log: Path) -> None:
    for _ in range(300):
        assert server.poll() is None, log.read_text("utf-8")
        try:
            if requests.get(url, timeout=5).ok:
                return
        # gunicorn listens before its worker is there to answer.
        except (requests.ConnectionError, requests.Timeout):
            time.sleep(0.1)
    pytest.fail(f"{url} did not answer:\n{log.read_text('utf-8')}")


@pytest.fixture(scope="module")
def live(template, tmp_path_factory):
    """Address, folder of sent e-mails and log of a running project."""
    folder = tmp_path_factory.mktemp("live")
    project, mails, log = bake(template, folder), folder / "mails", folder / "log"
    (project / "media").mkdir()
    (project / "media" / "upload.txt").write_text("uploaded", "utf-8")
    with serving(project, log, EMAIL_URL=f"filemail:///{mails}") as url:
        yield url, mails, log


def token_from(mails: Path) -> str:
    """Return the token of the one e-mail that is under way."""
    for _ in range(100):
        for message in mails.glob("*"):
            if found := re.search(r"token=(\S+)\n", message.read_text("utf-8")):
                message.unlink()
                return found[1]
        time.sleep(0.1)
    pytest.fail("no e-mail came")


def test_an_account_from_registration_to_log_out(live):
    url, mails, log = live
    auth = f"{url}/api/v1/auth"

    def post(action: str, access: str = "", **body) -> requests.Response:
        headers = {"Authorization": f"Bearer {access}"} if access else {}
        return requests.post(
            f"{auth}/{action}/", json=body, headers=headers, timeout=10
        )

    def me(access: str) -> int:
        headers = {"Authorization": f"Bearer {access}"} if access else {}
        return requests.get(
            f"{url}/api/v1/me/", headers=headers, timeout=10
        ).status_code

    credentials = {"email": EMAIL, "password": PASSWORD}
    assert post("register", **credentials).status_code == 202
    verification = token_from(mails)
    assert post("login", **credentials).status_code == 403
    assert post("verify-email", token=verification).status_code == 204

    first = post("login", **credentials).json()
    assert me("") == 401
    assert me(first["access"]) == 200

    second = post("refresh", refresh=first["refresh"]).json()
    assert me(second["access"]) == 200
    assert post("refresh", refresh=first["refresh"]).status_code == 401
    assert post("refresh", refresh=second["refresh"]).status_code == 401
    assert me(second["access"]) == 401

    third = post("login", **credentials).json()
    assert post("logout", third["access"]).status_code == 204
    assert me(third["access"]) == 401
    assert post("refresh", refresh=third["refresh"]).status_code == 401

    written = log.read_text("utf-8")
    for secret in (PASSWORD, first["access"], first["refresh"], verification):
        assert secret not in written


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        ("/api/docs", 200, "text/html"),
        ("/api/docs/", 200, "text/html"),
        ("/api/redoc/", 200, "text/html"),
        ("/api/schema/", 200, "application/vnd.oai.openapi"),
        ("/admin/login/", 200, "text/html"),
        ("/health/ready/", 200, "application/json"),
        ("/api/v1/nothing/", 404, "application/json"),
        ("/api/v7/me/", 404, "application/json"),
        ("/api/v1/users/", 401, "application/json"),
        ("/media/upload.txt", 200, "text/plain"),
        ("/static/drf_spectacular_sidecar/swagger-ui-dist/swagger-ui.css", 200, "text"),
    ],
)
def test_addresses(live, path, status, kind):
    response = requests.get(f"{live[0]}{path}", timeout=10, allow_redirects=False)

    assert response.status_code == status
    assert response.headers["Content-Type"].startswith(kind)


def test_wrong_passwords_are_locked_out(live):
    login = f"{live[0]}/api/v1/auth/login/"
    body = {"email": "nobody@example.com", "password": "wrong"}

    answers = [requests.post(login, json=body, timeout=10) for _ in range(6)]

    assert [answer.status_code for answer in answers][:4] == [401] * 4
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["Retry-After"]) > 0


def test_a_large_or_broken_body_is_refused(live):
    login = f"{live[0]}/api/v1/auth/login/"
    headers = {"Content-Type": "application/json"}

    for body, status in ((b"{", 400), (b"[" * 100_000, 400), (b"x" * 3_000_000, 413)):
        answer = requests.post(login, data=body, headers=headers, timeout=10)
        assert answer.status_code == status
        assert answer.headers["Content-Type"] == "application/json"


def in_chunks():
    for _ in range(12):
        yield b" " * 1_000_000


@pytest.mark.parametrize(
    ("request_line", "headers", "status"),
    [
        ("GET /api/v1/%zz%/", "", 404),
        ("GET /api/v1/%ff/", "", 404),
        ("GET /api/v1/%00/", "", 400),
        ("GET /api/v1/me/?x=\xff", "", 400),
        ("POST /api/v1/auth/login/", "Content-Length: many\r\n", 400),
        ("POST /api/v1/auth/login/", "Content-Length: 50000000\r\n", 413),
        ("POST /api/v1/auth/login/", "Transfer-Encoding: chunked\r\n", 400),
        ("GET /api/v1/me/", "Authorization: Bearer \xff\r\n", 401),
    ],
)
def test_what_no_client_library_would_send(live, request_line, headers, status):
    host, port = live[0].removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        text = f"{request_line} HTTP/1.1\r\nHost: {host}\r\n{headers}\r\n"
        connection.sendall(text.encode("latin-1"))
        answer = b""
        while b"client_error" not in answer and (part := connection.recv(65536)):
            answer += part

    assert answer.startswith(f"HTTP/1.1 {status} ".encode())
    assert b'"type": "client_error"' in answer.replace(b'":"', b'": "')


def test_a_body_in_chunks_is_not_read(live):
    """Whatever it holds, and however long it would go on."""
    login = f"{live[0]}/api/v1/auth/login/"
    headers = {"Content-Type": "application/json"}
    try:
        answer = requests.post(login, data=in_chunks(), headers=headers, timeout=10)
    except requests.ConnectionError:
        return  # The server hung up before all of it was sent.

    assert answer.json()["errors"][0]["code"] == "length_required"
