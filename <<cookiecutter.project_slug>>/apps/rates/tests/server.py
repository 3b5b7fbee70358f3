"""A source of exchange rates that fails as it is told to, over real HTTP."""

from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

Reply = Callable[[BaseHTTPRequestHandler], None]


class Source(ThreadingHTTPServer):
    """Answers each request with the next of `replies`, and keeps what was asked."""

    # Whoever hangs is left to the end of the process.
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.replies: list[Reply] = []
        self.asked: list[dict[str, str]] = []
        self.let_go = Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/latest?key=only-ours"

    def __enter__(self):
        Thread(target=self.serve_forever, args=[0.01], daemon=True).start()
        return self

    def __exit__(self, *error) -> None:
        self.let_go.set()
        self.shutdown()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.asked.append(dict(self.headers))
        self.server.replies.pop(0)(self)

    def log_message(self, *args) -> None:
        """Say nothing."""


def sends(body: bytes = b"", status: int = 200, **headers: str) -> Reply:
    def reply(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in ({"Content_Length": str(len(body))} | headers).items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return reply


def hangs(handler: BaseHTTPRequestHandler) -> None:
    handler.server.let_go.wait()


def hangs_in_the_body(handler: BaseHTTPRequestHandler) -> None:
    sends(b'{"base"', Content_Length="100")(handler)
    hangs(handler)


def breaks_off(handler: BaseHTTPRequestHandler) -> None:
    """Promise more than is sent, and close the connection."""
    sends(b'{"base": "EUR"', Content_Length="1000")(handler)


def closes(handler: BaseHTTPRequestHandler) -> None:
    """Close the connection without a word."""


def never_ends(handler: BaseHTTPRequestHandler) -> None:
    """Send zeros, without saying how many, for as long as anybody reads them."""
    handler.send_response(200)
    handler.end_headers()
    try:
        while not handler.server.let_go.is_set():
            handler.wfile.write(b"0" * 65_536)
    except OSError:
        handler.close_connection = True
