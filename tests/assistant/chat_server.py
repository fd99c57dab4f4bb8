"""A real server on loopback that speaks the OpenAI chat completions protocol: the paid model's stand-in."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
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


def says(content: str | None) -> Reply:
    """Return a reply in which the model says ``content``."""
    message = {"role": "assistant", "content": content}
    completion = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "test",
        "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
    }
    return sends(200, json.dumps(completion).encode())


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


@contextmanager
def chat_server() -> Iterator[ChatServer]:
    """Serve until the block ends."""
    with ChatServer() as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join(timeout=10)
