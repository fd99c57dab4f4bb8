"""How the web server is run: whom it believes, and how long and how much it listens before a request is whole."""

from __future__ import annotations

import resource
from asyncio import TimerHandle, Transport
from typing import TYPE_CHECKING, Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

if TYPE_CHECKING:
    from starlette.applications import Starlette

    from ui.settings import Settings

SECONDS_FOR_HEAD = 20.0
"""From a connection, or the first byte of its next request, to the end of the request's head."""

SECONDS_FOR_REQUEST = 930.0
"""To the end of its body, also where nothing reads it; a little over the longest that ``ui.api.frame`` waits."""

LARGEST_HEAD = 64 * 1024
"""Bytes; as much again may be read with the last piece."""

MOST_CONNECTIONS = 8_000
"""Open at a time, about 20 KB each. An open page holds one, and three more for some seconds; further ones, and those
over half of the files that the system lets the process open, are closed at once."""

SECONDS_TO_FINISH = 8
"""How long answers in progress, and browsers that hold a connection open, may keep a stopping server. Those that a chat model is
not waited for any more (``ui.cli.serve``) want some seconds of it on a busy machine."""


class PatientProtocol(HttpToolsProtocol):
    """uvicorn's protocol with an end to its patience: for connections that say nothing, or say it too slowly or at too great length."""

    seconds_for_head = SECONDS_FOR_HEAD
    most_connections = MOST_CONNECTIONS
    _due: TimerHandle | None = None
    _head_bytes = 0

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Begin to wait for the head of a request, or close a connection that is one too many."""
        super().connection_made(transport)
        files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
        if len(self.connections) > min(self.most_connections, files // 2):  # the index and the answers are files too
            transport.abort()
        else:
            self._wait(self.seconds_for_head)

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing any more."""
        self._wait(None)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on; refuse a head that has no end."""
        self._head_bytes += len(data)
        super().data_received(data)
        if self._head_bytes > LARGEST_HEAD and not self.transport.is_closing():
            self.send_400_response("The head of the request is too large.")

    def on_message_begin(self) -> None:
        """Begin to wait for the end of a head."""
        super().on_message_begin()
        self._wait(self.seconds_for_head)

    def on_headers_complete(self) -> None:
        """Begin to wait for the end of the body."""
        self._head_bytes = -(1 << 62)  # what follows is no head until the next request begins
        self._wait(SECONDS_FOR_REQUEST)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Wait for nothing: the rest is the server's."""
        self._head_bytes = 0
        self._wait(None)
        super().on_message_complete()

    def _wait(self, seconds: float | None) -> None:
        """Close the connection after so many seconds unless it is said otherwise before."""
        if self._due is not None:
            self._due.cancel()
        self._due = self.loop.call_later(seconds, self.transport.abort) if seconds is not None else None


def server_config(
    app: Starlette, settings: Settings, *, http: type[PatientProtocol] = PatientProtocol, **more: Any
) -> uvicorn.Config:
    """Return how ``app`` is served. uvicorn's own defaults would believe any program of this machine who its client is.

    ``more`` goes to ``uvicorn.Config``.
    """
    return uvicorn.Config(
        app,
        http=http,
        proxy_headers=settings.trusted_proxies is not None,
        forwarded_allow_ips=settings.trusted_proxies or "",
        server_header=False,
        timeout_graceful_shutdown=SECONDS_TO_FINISH,
        **more,
    )
