"""Requests without a pause, to see whether one of them is lost."""

import ssl
import time
from collections import Counter
from http.client import HTTPException, HTTPSConnection
from pathlib import Path
from threading import Event, Thread

# Kept connections and new ones break in different ways, and a request with a body is
# never sent twice by a proxy.
REQUESTS = [
    (method, path, keeps)
    for method, path in (("GET", "/"), ("POST", "/api/v1/nothing/"))
    for keeps in (True, False)
]


class Load:
    """`with Load(port, certificate) as load:` asks https://localhost meanwhile."""

    def __init__(self, port: int, certificate: Path) -> None:
        self._port = port
        self._context = ssl.create_default_context(cafile=certificate)
        self._over = Event()
        self._threads = [Thread(target=self._ask, args=each) for each in REQUESTS]
        self.answers: Counter = Counter()
        self.lost: list[str] = []

    def __enter__(self) -> "Load":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *exception) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _ask(self, method: str, path: str, keeps: bool) -> None:
        connection = HTTPSConnection("localhost", self._port, context=self._context)
        while not self._over.is_set():
            try:
                connection.request(method, path)
                response = connection.getresponse()
                response.read()
                self._count(method, response.status)
            except (OSError, HTTPException) as error:
                self.lost.append(f"{time.time():.2f} {method} {keeps=} {error!r}")
                connection.close()
            if not keeps:
                # The next request opens it anew.
                connection.close()
        connection.close()

    def _count(self, method: str, status: int) -> None:
        self.answers[method, status] += 1
        if status >= 500:
            self.lost.append(f"{time.time():.2f} {method} {status}")
