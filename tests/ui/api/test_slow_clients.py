"""Clients that send slowly, at too great length or nothing at all: they end, and others are served meanwhile."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

import httpx
import pytest
from fastapi import FastAPI, Request

from ui.api.errors import add_error_handlers
from ui.api.frame import BodyLimit, Frame
from ui.api.server import PatientProtocol
from ui.settings import Settings

if TYPE_CHECKING:
    from tests.ui.api.conftest import Running

HEAD = b"POST /read HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n"


class Hasty(PatientProtocol):
    """The protocol with less patience and fewer places."""

    seconds_for_head = 1.0
    most_connections = 20


@pytest.fixture
def client(running: Running) -> Iterator[httpx.Client]:
    """A client of a server that waits a second for a head and for a body, and does nothing but read."""
    app = FastAPI()

    @app.post("/read")
    async def read(request: Request) -> int:
        return len(await request.body())

    app.add_middleware(BodyLimit, seconds=1.0)
    app.add_middleware(Frame)
    add_error_handlers(app)
    with running(app, Settings(), http=Hasty) as opened:
        yield opened


def connected(client: httpx.Client) -> socket.socket:
    """Return a bare connection to the server."""
    return socket.create_connection((client.base_url.host, client.base_url.port or 0), timeout=15)


def rest(connection: socket.socket) -> bytes:
    """Return what the server says until it ends the connection; a connection that it cut says nothing more."""
    said = b""
    try:
        while piece := connection.recv(65536):
            said += piece
    except ConnectionError:
        pass
    return said


@pytest.mark.parametrize("begun", [b"", b"GET / HT", HEAD])
def test_a_head_that_does_not_end_ends_the_connection(client: httpx.Client, begun: bytes) -> None:
    """Saying nothing, or a byte now and then, keeps no connection; whoever asks properly is served all the while."""
    with connected(client) as slow:
        slow.sendall(begun)
        assert client.post("/read", content=b"x" * 9).json() == 9
        assert rest(slow) == b""


def test_a_body_that_comes_too_slowly_is_408(client: httpx.Client) -> None:
    """Its sender is told in Japanese, and the connection ends."""
    with connected(client) as slow:
        slow.sendall(HEAD + b"\r\n" + b"x" * 10)
        said = rest(slow)
    assert said.startswith(b"HTTP/1.1 408")
    assert b"too_slow" in said
    assert b"connection: close" in said.lower()


def test_a_head_without_end_is_refused(client: httpx.Client) -> None:
    """Headers are not read into memory without limit."""
    head = HEAD + b"".join(b"X-%d: %s\r\n" % (number, b"y" * 1000) for number in range(20_000))
    with connected(client) as long, pytest.raises(ConnectionError):
        long.sendall(head)
    assert client.post("/read", content=b"x").json() == 1


def test_a_large_body_is_no_large_head(client: httpx.Client) -> None:
    """What follows the head is counted as a body, for each request of a connection anew."""
    for size in (200_000, 1, 200_000):
        assert client.post("/read", content=b"x" * size).json() == size


def test_connections_over_the_most_are_closed_and_free_places_are_used_again(client: httpx.Client) -> None:
    """However many connections are opened, so many are held; when they end, others come in."""
    idle = [connected(client) for _ in range(40)]
    time.sleep(0.3)
    idle_ended = [rest(connection) for connection in idle]
    assert idle_ended == [b""] * 40
    assert httpx.post(f"{client.base_url}/read", content=b"x").json() == 1
    for connection in idle:
        connection.close()
