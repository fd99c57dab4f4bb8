"""Embedded Chroma: a shard's vectors in a persistent folder of their own (``index.chroma_server`` is the other door).

Embedded Chroma is not safe for several processes: opening a folder and asking one question already rewrites its SQLite
file and its vector files (seen with 1.5.9), and a second opener can hang (chroma#7040). So the stored folder is never
opened once it has been built. Each process asks a private copy, which costs milliseconds (17 ms for 20,000 vectors).
"""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, cast
from weakref import finalize

import numpy as np
from numpy.typing import NDArray

from index.errors import IndexDamagedError, NoRoomToReadError
from index.private_copy import PrivateCopies

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.collection_configuration import CreateCollectionConfiguration

    from index.shard import Shard

CHROMA = "chroma"
"""The folder of a shard in which Chroma keeps its vectors."""

COLLECTION = "chunks"

# One add stays under Chroma's largest batch (5,461 with its bundled SQLite).
ADD = 5_000

# What SQLite says, as Chroma passes it on; where its vector files do not fit, Chroma says no more than that it failed.
_DISK_FULL = "database or disk is full"
_DISK_FAILED = "disk I/O error"
_ROOM = 1 << 20  # bytes; with less than that, it is the disk

# Wide enough that a shard of a few hundred chunks is searched exactly; recall, not speed, is scarce at this size.
SEARCH_WIDTH = 200
LINKS = 32


class Embedded:
    """The home of vectors that this process opens itself: private copies of the shards' Chroma folders."""

    def __init__(self, parent: Path | None = None) -> None:
        """Make the folder of the copies (in ``parent``, where one is given). Raises ``NoRoomToReadError``."""
        self.copies = PrivateCopies(parent)

    def open(self, shard: Shard) -> ChromaVectors:
        """Return a shard's vectors, opened from a copy.

        Raises:
            IndexDamagedError: the shard's files are not what was written.
            NoRoomToReadError: the copy does not fit.
        """
        shard.check(CHROMA)
        return ChromaVectors(self.copies.copy(shard.folder / CHROMA, shard.folder.name))

    def close(self) -> None:
        """Remove the copies."""
        self.copies.close()


class ChromaVectors:
    """The vectors of one shard, in a Chroma folder that this process alone has open. Safe for threads.

    ``close()`` releases the folder and removes it, as does dropping the object; nothing may be asked afterwards.
    """

    def __init__(self, folder: Path) -> None:
        """Open a private copy of a shard's Chroma folder.

        Raises, as every question does:
            NoRoomToReadError: the disk does not take what Chroma writes into the copy.
            IndexDamagedError: Chroma cannot read it.
        """
        self._folder = folder
        with self._told():
            client = _open(folder)
            self.close = finalize(self, _release, client, folder)
            self._collection = client.get_collection(COLLECTION, embedding_function=None)

    def count(self) -> int:
        """Return the number of vectors."""
        with self._told():
            return self._collection.count()

    def nearest(self, vector: NDArray[np.float32], count: int) -> list[int]:
        """Return the numbers of the ``count`` vectors nearest to a unit vector, the nearest first."""
        with self._told():
            found = self._collection.query(
                query_embeddings=cast("list[Sequence[float]]", [vector]), n_results=count, include=[]
            )
        return [int(name) for name in found["ids"][0]]

    def numbers(self) -> list[int]:
        """Return the numbers of all vectors."""
        with self._told():
            return [int(name) for name in self._collection.get(include=[])["ids"]]

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn what Chroma says about its files into an error of the index."""
        from chromadb.errors import InternalError

        try:
            yield
        except InternalError as error:
            reason = _system_error(error, self._folder)
            if reason.errno:
                raise NoRoomToReadError(self._folder, reason) from error
            raise IndexDamagedError(self._folder, str(error)) from error


def _release(client: Client, folder: Path) -> None:
    client.close()
    shutil.rmtree(folder, ignore_errors=True)


def save_vectors(vectors: NDArray[np.float32], folder: Path) -> None:
    """Write a shard's unit vectors, shape (n, d), by their numbers from 0, into a new Chroma folder and release it.

    Raises:
        OSError: the disk does not take them.
    """
    from chromadb.errors import InternalError

    try:
        _save(vectors, folder)
    except InternalError as error:
        raise _system_error(error, folder) from error


def _save(vectors: NDArray[np.float32], folder: Path) -> None:
    parts = np.array_split(np.arange(len(vectors)), max(1, -(-len(vectors) // ADD)))
    client = _open(folder)
    try:
        collection = client.create_collection(
            COLLECTION, embedding_function=None, configuration=collection_settings(min(map(len, parts)))
        )
        for part in parts:
            if len(part):
                collection.add(ids=numbered(part), embeddings=vectors[part])
    finally:
        client.close()


def collection_settings(least: int) -> CreateCollectionConfiguration:
    """Return the settings of a shard's collection, to which no fewer than ``least`` vectors are added at a time.

    Vectors below the threshold stay in a log that a clean exit may lose (chroma#6975): every add must reach it. Chroma takes no
    less than 2, so a lone vector stays in the log; the check in a fresh process would tell if it were lost.
    """
    threshold = max(2, least)
    return {
        "hnsw": {
            "space": "ip",  # of unit vectors: the cosine; and a zero vector stays finite
            "sync_threshold": threshold,
            "batch_size": threshold,
            "ef_construction": SEARCH_WIDTH,
            "ef_search": SEARCH_WIDTH,
            "max_neighbors": LINKS,
        }
    }


def numbered(rows: Iterable[int]) -> list[str]:
    """Return the ids under which Chroma keeps vectors: their numbers."""
    return [str(row) for row in rows]


def _system_error(error: Exception, folder: Path) -> OSError:
    """Return what the system must have told Chroma; without a number where it is Chroma's own trouble."""
    # SQLite keeps files in the temporary folder too.
    free = {place: shutil.disk_usage(place).free for place in (folder.parent, Path(tempfile.gettempdir()))}
    fullest = min(free, key=free.__getitem__)
    if _DISK_FULL in str(error) or free[fullest] < _ROOM:
        return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(fullest))
    if _DISK_FAILED in str(error):
        return OSError(errno.EIO, os.strerror(errno.EIO), str(folder))
    return OSError(0, f"Chroma: {error}", str(folder))


def _open(folder: Path) -> Client:
    import chromadb
    from chromadb.config import Settings

    client = chromadb.PersistentClient(path=str(folder), settings=Settings(anonymized_telemetry=False))
    return cast("Client", client)  # the declared ClientAPI lacks close()
