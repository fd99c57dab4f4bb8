"""A real server on loopback that speaks the OpenAI chat completions protocol: the paid model's stand-in."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

Reply = Callable[["Handler"], None]


class ChatServer(ThreadingHTTPServer):
    """Replies as ``reply`` says and keeps the requests. ``url`` is the base URL of its API."""

    daemon_threads = True

    def __init__(self) -> None:
        """Listen on a free port."""
        super().__init__(("127.0.0.1", 0), Handler)
        self.reply: Reply = says("")
        self.requests: list[dict[str, Any]] = []
        self.sent_bytes = 0  # of bodies without end
        self.stopping = Event()

    def handle_error(self, request: object, client_address: object) -> None:
        """Stay silent when a client hangs up, which is what a client of such a server should do."""

    @property
    def url(self) -> str:
        """Return the base URL that a client is given."""
        return f"http://127.0.0.1:{self.server_port}/v1"

    def sent(self) -> str:
        """Return all the text that clients have sent as messages."""
        return "\n".join(message["content"] for request in self.requests for message in request["messages"])


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server: ChatServer

    def do_POST(self) -> None:
        """Keep the request and reply."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.requests.append(json.loads(body) | {"path": self.path})
        self.server.reply(self)

    def send(self, status: int, body: bytes, content_type: str = "application/json") -> None:
        """Send a whole response."""
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        """Stay silent."""


def says(content: str | None, **more: object) -> Reply:
    """Return a reply in which the model says ``content``; ``more`` stands beside it in the message."""
    return sends(200, json.dumps(completion({"role": "assistant", "content": content, **more})).encode())


def completion(message: dict[str, object]) -> dict[str, object]:
    """Return the body of a reply with a message."""
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "test",
        "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
    }


def sends(status: int, body: bytes, content_type: str = "application/json") -> Reply:
    """Return a reply of a status and a body."""
    return lambda handler: handler.send(status, body, content_type)


def hangs_up(handler: Handler) -> None:
    """Close the connection without a word."""
    handler.close_connection = True


def breaks_off(handler: Handler) -> None:
    """Promise more than is sent, then close the connection."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"choices": [')
    handler.close_connection = True


def hangs(handler: Handler) -> None:
    """Say nothing at all, not even a status, for as long as the client waits."""
    handler.server.stopping.wait(60)


def trickles_headers(handler: Handler) -> None:
    """Send a header's letters one by one without end."""
    handler.send_response(200)
    handler.flush_headers()
    handler.wfile.write(b"X-Slow: ")
    _drip(handler, b"a")


def trickles_body(handler: Handler) -> None:
    """Send a body's letters one by one without end."""
    _begin(handler, "application/json", length=1_000_000)
    _drip(handler, b" ")


def sends_without_end(handler: Handler) -> None:
    """Send a body in chunks without end, as fast as it is read."""
    _begin(handler, "application/json")
    piece = b" " * 65536
    while not handler.server.stopping.is_set():
        handler.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
        handler.server.sent_bytes += len(piece)


def packs(content: str) -> Reply:
    """Return a reply that is small when sent and large when unpacked."""
    body = gzip.compress(json.dumps(completion({"role": "assistant", "content": content})).encode())

    def reply(handler: Handler) -> None:
        handler.send_response(200)
        for name, value in (("Content-Type", "application/json"), ("Content-Encoding", "gzip")):
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return reply


def redirects(address: str) -> Reply:
    """Return a reply that sends the client elsewhere, with its message."""

    def reply(handler: Handler) -> None:
        handler.send_response(307)
        handler.send_header("Location", address)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return reply


def streams(*events: str) -> Reply:
    """Return a reply of server-sent events, though none were asked for."""
    return sends(200, "".join(f"data: {event}\n\n" for event in events).encode(), "text/event-stream")


def _begin(handler: Handler, content_type: str, length: int | None = None) -> None:
    handler.protocol_version = "HTTP/1.1"
    handler.send_response(200)
    handler.send_header("Content-Type", content_type)
    if length is None:
        handler.send_header("Transfer-Encoding", "chunked")
    else:
        handler.send_header("Content-Length", str(length))
    handler.end_headers()


def _drip(handler: Handler, letter: bytes) -> None:
    while not handler.server.stopping.wait(0.1):
        handler.wfile.write(letter)
        handler.wfile.flush()


@contextmanager
def chat_server() -> Iterator[ChatServer]:
    """Serve until the block ends."""
    with ChatServer() as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server
        finally:
            server.stopping.set()
            server.shutdown()
            thread.join(timeout=10)
