"""The vectors of all shards on a Chroma server, for several processes or machines that share one index folder.

A shard's folder stays the truth; the server holds a copy of its vectors, one collection for a shard. A build brings the server
what it lacks before it publishes, so a server that lost its data is mended by the next ingestion.

No answer depends on the server. Where it does not answer in time, or not with what was brought to it (after a restart a collection
may be unreadable: chroma#7090; or incomplete: #6975), the shard's own vectors are gone through one by one: exact, and for a
municipality as quick. Then the server, or that collection, is left alone for a while, so that not every question waits for it.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar
from weakref import finalize

import httpx
import numpy as np
from numpy.typing import NDArray

from index.chroma import ADD, collection_settings, numbered
from index.chroma_client import all_collections, connect, limit, nearest, release, said
from index.errors import ChromaServerError

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection as ChromaCollection

    from index.shard import Shard

LOGGER = logging.getLogger("machiplan.index")

PATIENCE = 3.0
"""Seconds that a question waits for the server; a healthy one answers in hundredths."""

PATIENCE_TO_WRITE = 120.0
AGAIN = 15.0
"""Seconds for which a server, or a collection, that failed is not asked again."""

_Result = TypeVar("_Result")


class ChromaServer:
    """A Chroma server as the home of an index's vectors. Safe for threads.

    ``owner`` keeps the collections of several indexes on one server apart; it is part of their names.
    """

    def __init__(self, url: str, owner: str) -> None:
        """Take the server's address, such as ``http://127.0.0.1:8000``; nothing is asked of it yet."""
        self._url = url
        self._owner = owner
        self._lock = threading.Lock()
        self._client: Client | None = None
        self._away_until = 0.0
        self.up: bool | None = None
        """Whether it answered when it was last asked; ``None`` before."""
        self.failures = 0
        """How many questions to a shard it did not answer, or answered wrongly."""

    def open(self, shard: Shard) -> ServedVectors:
        """Return what finds the nearest of a shard's vectors; the server is asked when a question is."""
        return ServedVectors(self, shard)

    def close(self) -> None:
        """Release the connections, as dropping the object does."""
        with self._lock:
            if self._client is not None:
                self._release()
                self._client = None

    def bring(self, shards: Iterable[Shard]) -> None:
        """Bring the server the vectors of every shard that it does not hold whole, or cannot find the nearest of.

        Raises:
            ChromaServerError: it cannot be reached, or does not take them.
        """
        client = self._connected(PATIENCE_TO_WRITE)
        for shard in shards:
            try:
                if not self._holds(client, shard):
                    self._bring(client, shard)
                whole = self._holds(client, shard)
            except Exception as error:
                raise ChromaServerError(self._url, said(error)) from error
            if not whole:
                raise ChromaServerError(self._url, f"{shard.folder.name} のベクトルを読み出せません")

    def drop_others(self, shards: Collection[str]) -> None:
        """Remove this index's collections but for those of ``shards``; what cannot be removed now is left to the next build."""
        kept = {self._name(shard) for shard in shards}
        try:
            client = self._connected(PATIENCE_TO_WRITE)
            names = {found.name for found in all_collections(client)}
            for name in sorted(name for name in names - kept if name.startswith(f"{self._owner}-")):
                client.delete_collection(name)
        except Exception as error:  # noqa: BLE001 (the new index is published: nothing that happens here may undo that)
            LOGGER.warning("Old collections stay on the Chroma server: %s", said(error))

    def collection(self, shard: str) -> ChromaCollection:
        """Return the collection of a shard. Raises whatever the client does."""
        return self._connected(PATIENCE).get_collection(self._name(shard), embedding_function=None)

    def asked(self, ask: Callable[[], _Result]) -> _Result:
        """Return what ``ask`` gets from the server.

        Raises:
            ChromaServerError: it is not asked now, cannot be reached, or says that it failed.
        """
        self._require_not_away()
        try:
            found = ask()
        except Exception as error:
            if isinstance(error, (httpx.HTTPError, ChromaServerError)):
                self._away_until = time.monotonic() + AGAIN
                self._tell(up=False, why=said(error))
            raise ChromaServerError(self._url, said(error)) from error
        self._tell(up=True)
        return found

    def _tell(self, *, up: bool, why: str = "") -> None:
        """Log when the server goes away and when it is back, once each."""
        before, self.up = self.up, up
        if before is not False and not up:
            LOGGER.warning("The Chroma server does not answer, the index's own vectors are used: %s", why)
        elif before is False and up:
            LOGGER.warning("The Chroma server answers again")

    def _connected(self, patience: float) -> Client:
        """Return the client, whose requests end after ``patience`` seconds.

        Raises:
            ChromaServerError: the server does not answer.
        """
        with self._lock:
            if self._client is None:
                self._require_not_away()  # others may have waited for the server meanwhile: once is enough
                try:
                    self._client = connect(self._url, patience)
                except ChromaServerError:
                    self._away_until = time.monotonic() + AGAIN
                    raise
                self._release = finalize(self, release, self._client)
            limit(self._client, patience)
            return self._client

    def _require_not_away(self) -> None:
        if time.monotonic() < self._away_until:
            raise ChromaServerError(self._url, "しばらく応答がありません")

    def _name(self, shard: str) -> str:
        return f"{self._owner}-{shard}"

    def _holds(self, client: Client, shard: Shard) -> bool:
        """Return whether the server has as many vectors as the shard, and finds the first and the last of them."""
        from chromadb.errors import ChromaError

        meanings, rows = shard.meanings, len(shard.meanings.vectors)
        try:
            collection = client.get_collection(self._name(shard.folder.name), embedding_function=None)
            if collection.count() != rows:
                return False
            return all(meanings.is_found(row, partial(nearest, collection)) for row in {0, rows - 1})
        except ChromaError:
            return False

    def _bring(self, client: Client, shard: Shard) -> None:
        from chromadb.errors import NotFoundError

        name, vectors = self._name(shard.folder.name), shard.meanings.vectors
        with suppress(NotFoundError):
            client.delete_collection(name)
        most = min(ADD, client.get_max_batch_size())
        parts = np.array_split(np.arange(len(vectors)), max(1, -(-len(vectors) // most)))
        collection = client.create_collection(
            name, embedding_function=None, configuration=collection_settings(min(map(len, parts)))
        )
        for part in parts:
            collection.add(ids=numbered(part), embeddings=vectors[part].astype(np.float32))


@dataclass
class ServedVectors:
    """The vectors of one shard on a server, and in its own folder where the server fails. Safe for threads."""

    server: ChromaServer
    shard: Shard
    _collection: ChromaCollection | None = None
    _failed_until: float = 0.0

    def nearest(self, vector: NDArray[np.float32], count: int) -> list[int]:
        """Return the numbers of the ``count`` vectors nearest to a unit vector, the nearest first."""
        if time.monotonic() >= self._failed_until:
            try:
                return self.server.asked(lambda: self._asked(vector, count))
            except ChromaServerError:
                self.server.failures += 1
                self._collection = None  # it may have been brought anew, and have another id now
                if self.server.up:
                    self._failed_until = time.monotonic() + AGAIN
                    LOGGER.warning("The Chroma server fails for shard %s", self.shard.folder.name, exc_info=True)
        return self.shard.meanings.nearest(vector, count)

    def close(self) -> None:
        """Forget the collection; the server's connections are the home's."""
        self._collection = None

    def _asked(self, vector: NDArray[np.float32], count: int) -> list[int]:
        collection = self._collection or self.server.collection(self.shard.folder.name)
        self._collection = collection
        rows = len(self.shard.meanings.vectors)
        found = nearest(collection, vector, min(count, rows))
        known = {row for row in found if 0 <= row < rows}
        if len(known) < min(count, rows):
            raise LookupError(f"{len(known)} vectors instead of {min(count, rows)}")
        return found
