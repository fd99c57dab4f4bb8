"""A client of a Chroma server whose requests come to an end and whose connections are closed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

import httpx
import numpy as np
from numpy.typing import NDArray

from index.errors import ChromaServerError

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection as ChromaCollection


def connect(url: str, patience: float) -> Client:
    """Return a client of a server that answers within ``patience`` seconds; ``limit`` gives its later requests an end.

    Raises:
        ChromaServerError: the server does not answer.
    """
    import chromadb
    from chromadb.config import Settings

    parts = urlsplit(url)
    secure = parts.scheme == "https"
    try:
        # The client's own first request has no end; so whether anybody answers at all is asked before.
        httpx.get(f"{url.rstrip('/')}/api/v2/heartbeat", timeout=patience).raise_for_status()
        client = chromadb.HttpClient(
            parts.hostname or "",
            parts.port or (443 if secure else 8000),
            ssl=secure,
            settings=Settings(anonymized_telemetry=False),
        )
    except (httpx.HTTPError, ValueError) as error:
        raise ChromaServerError(url, said(error)) from error
    return cast("Client", client)  # the declared ClientAPI lacks close()


def limit(client: Client, patience: float) -> None:
    """Give the client's requests an end; Chroma 1.5 gives them none, and no setting for one."""
    for session in _sessions(client):
        session.timeout = httpx.Timeout(patience)


def release(client: Client) -> None:
    """Close the client's connections."""
    for session in _sessions(client):  # Chroma 1.5 leaves them open
        session.close()
    client.close()


def _sessions(client: Any) -> Iterator[httpx.Client]:
    """Yield the HTTP clients of a client: its own, and that of the one it administers databases with."""
    yield client._server._session
    yield client._admin_client._server._session


def all_collections(client: Client) -> list[ChromaCollection]:
    """Return every collection of the server, which names some hundreds at a time."""
    found: list[ChromaCollection] = []
    while page := client.list_collections(limit=500, offset=len(found)):
        found += page
    return found


def nearest(collection: ChromaCollection, vector: NDArray[np.float32], count: int) -> list[int]:
    """Return the numbers of the ``count`` vectors of a collection nearest to a unit vector, shape (d,), the nearest first."""
    found = collection.query(query_embeddings=cast("list[Sequence[float]]", [vector]), n_results=count, include=[])
    return [int(name) for name in found["ids"][0]]


def said(error: Exception) -> str:
    """Return what an error says, or its name where it says nothing."""
    return str(error) or type(error).__name__
