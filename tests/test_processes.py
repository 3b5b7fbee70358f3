"""Web, worker and beat as the README starts them, and a mail server at the end."""

import os
import re
import signal
import sys
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
import requests
from aiosmtpd.controller import Controller

from .brokers import free_port
from .stacks import eventually
from .test_live import RUNSERVER, serving

PASSWORD = "correct-horse-battery"
VENV = Path(sys.prefix)
# What is installed already is not installed again.
MAKE = ("make", "--old-file", f"{VENV}/.installed", f"VENV={VENV}")


class MailServer(Controller):
    """Keeps what it takes. It is busy at first: a sender has to try again."""

    def __init__(self) -> None:
        super().__init__(self, hostname="127.0.0.1", port=free_port())
        self.taken: list[EmailMessage] = []
        self.refused = 0

    async def handle_DATA(self, server, session, envelope) -> str:
        if not self.refused:
            self.refused += 1
            return "451 Busy, try again"
        self.taken.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"

    def waiting(self, subject: str) -> list[EmailMessage]:
        return [message for message in self.taken if message["Subject"] == subject]


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    server = MailServer()
    server.start()
    yield server
    server.stop()


def make(stack, target: str, **environment: str):
    return stack.spawn(*MAKE, target, log=target, **environment)


def test_an_order_over_http_becomes_an_e_mail(stack, mail_server, tmp_path):
    smtp = {"EMAIL_URL": f"smtp://127.0.0.1:{mail_server.port}"}
    make(stack, "worker", **smtp)
    make(stack, "beat", **smtp)
    stack.manage("seed", "--products", "3", "--orders", "0")
    ada = {"email": "ada@example.com", "password": PASSWORD}

    environment = {**stack.environment, **smtp}
    with serving(stack.project, tmp_path / "web", RUNSERVER, **environment) as url:

        def call(method: str, path: str, access: str = "", **options):
            headers = {"Authorization": f"Bearer {access}"} if access else {}
            headers["X-Request-ID"] = "of-an-order"
            url_ = f"{url}/api/v1/{path}/"
            answer = requests.request(
                method, url_, headers=headers, timeout=30, **options
            )
            assert answer.ok, answer.text
            return answer

        call("post", "auth/register", json=ada)
        verify = "Verify your e-mail address"
        eventually(lambda: mail_server.waiting(verify), "no e-mail to verify")
        [mail] = mail_server.waiting(verify)
        text = mail.get_body(("plain",)).get_content()
        token = re.search(r"token=(\S+)", text)[1]
        call("post", "auth/verify-email", json={"token": token})
        access = call("post", "auth/login", json=ada).json()["access"]
        [product, *_] = call("get", "products").json()["results"]
        lines = [{"product": product["slug"], "quantity": 1}]
        order = call("post", "orders", access, json={"lines": lines}).json()
        eventually(lambda: mail_server.waiting("Your order"), "no confirmation")

    [mail] = mail_server.waiting("Your order")
    assert mail["To"] == "ada@example.com"
    assert order["reference"] in mail.get_body(("plain",)).get_content()
    assert product["name"] in mail.get_body(("html",)).get_content()
    # The first of them was refused, and came again.
    assert mail_server.refused == 1
    assert "task_retrying" in stack.log("worker")
    # One line a task, which names it and the request that promised the work.
    worker = stack.log("worker")
    assert "task_started" not in worker
    [done] = [line for line in worker.splitlines() if "task=orders." in line]
    assert "task_succeeded" in done and "request_id=of-an-order" in done


def test_one_supervisor_runs_all_and_ends_all(stack):
    port = free_port()
    supervisor = stack.spawn(*MAKE, "together", f"PORT={port}", log="together")
    url, mails = f"http://127.0.0.1:{port}", stack.project.parent / "mails"

    def answers() -> bool:
        try:
            return requests.get(f"{url}/health/ready/", timeout=5).ok
        except (requests.ConnectionError, requests.Timeout):
            return False

    def register(name: str) -> None:
        body = {"email": f"{name}@example.com", "password": PASSWORD}
        path = f"{url}/api/v1/auth/register/"
        assert requests.post(path, json=body, timeout=30).status_code == 202
        eventually(
            lambda: any(name in mail.read_text() for mail in mails.glob("*")),
            "no e-mail came",
        )

    eventually(answers, "the web does not answer")
    register("ada")
    for process in processes(stack, "worker"):
        os.kill(process, signal.SIGKILL)
    # It is started anew, and goes on.
    register("bob")

    os.killpg(supervisor.pid, signal.SIGTERM)
    eventually(lambda: supervisor.poll() is not None, "the supervisor does not end")
    eventually(lambda: not processes(stack, "config"), "something was left behind")


def processes(stack, word: str) -> list[int]:
    """Return the processes of this project whose command holds a word."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes().decode().split("\0")
            is_ours = (folder / "cwd").readlink() == stack.project
        except OSError:
            continue
        if is_ours and word in command:
            found.append(int(folder.name))
    return found
