#!/usr/bin/env python3
"""The part of Mailpit that the tests use: it keeps every e-mail, and lists them.

SMTP on 1025, `/api/v1/messages` and `/readyz` on 8025, `mailpit readyz` to ask for it.
https://mailpit.axllent.org/docs/api-v1/
"""

import json
import os
import signal
import sqlite3
import sys
from email import message_from_bytes
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.request import urlopen

from aiosmtpd.controller import Controller

DATABASE = os.environ.get("MP_DATABASE", ":memory:")
HTTP_PORT = 8025


class Keeper:
    async def handle_DATA(self, server, session, envelope) -> str:
        message = message_from_bytes(envelope.content, policy=default)
        row = (str(message["subject"]), json.dumps(envelope.rcpt_tos))
        with sqlite3.connect(DATABASE) as database:
            database.execute("INSERT INTO message VALUES (?, ?)", row)
        return "250 Kept"


class Api(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        found = {"/readyz": self._ready, "/api/v1/messages": self._messages}
        answer = found.get(self.path)
        body = json.dumps(answer() if answer else None).encode()
        self.send_response(200 if answer else 404)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(body)

    def _ready(self) -> str:
        return "ok"

    def _messages(self) -> dict:
        with sqlite3.connect(DATABASE) as database:
            rows = database.execute("SELECT subject, recipients FROM message")
            messages = [
                {
                    "Subject": subject,
                    "To": [{"Address": address} for address in json.loads(recipients)],
                }
                for subject, recipients in rows
            ]
        return {"total": len(messages), "messages": messages}


def serve() -> None:
    # Process 1 gets no signal that it does not ask for.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    with sqlite3.connect(DATABASE) as database:
        database.execute("CREATE TABLE IF NOT EXISTS message (subject, recipients)")
    Controller(Keeper(), hostname="0.0.0.0", port=1025).start()
    ThreadingHTTPServer(("0.0.0.0", HTTP_PORT), Api).serve_forever()


def is_ready() -> None:
    urlopen(f"http://127.0.0.1:{HTTP_PORT}/readyz", timeout=4).close()


if __name__ == "__main__":
    is_ready() if sys.argv[1:] == ["readyz"] else serve()
