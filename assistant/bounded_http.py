"""An HTTP client for servers that are not trusted: no redirects, no compressed bodies, no more bytes than agreed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx


class ReplyRefusedError(RuntimeError):
    """A server sent a body that is too long, or one that could become so when unpacked."""


def bounded_client(most: int, timeout: float) -> httpx.AsyncClient:
    """Return a client that reads at most ``most`` bytes of a body and waits ``timeout`` seconds for each of its steps.

    It follows no redirect: what is sent goes to the address that was set, and to no other. It keeps no connection open.
    Raises ``ReplyRefusedError`` while a body is read.
    """
    import httpx

    async def bound(response: httpx.Response) -> None:
        if response.headers.get("content-encoding", "identity") != "identity":
            raise ReplyRefusedError("The server packed its reply, though it was asked not to.")
        assert isinstance(response.stream, httpx.AsyncByteStream)
        response.stream = _bounded(response.stream, most)

    return httpx.AsyncClient(
        follow_redirects=False,
        timeout=timeout,
        limits=httpx.Limits(max_keepalive_connections=0),
        headers={"Accept-Encoding": "identity"},
        event_hooks={"response": [bound]},
    )


def _bounded(stream: httpx.AsyncByteStream, most: int) -> httpx.AsyncByteStream:
    import httpx

    class Bounded(httpx.AsyncByteStream):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            read = 0
            async for piece in stream:
                read += len(piece)
                if read > most:
                    raise ReplyRefusedError(f"The server sent more than {most} bytes.")
                yield piece

        async def aclose(self) -> None:
            await stream.aclose()

    return Bounded()
