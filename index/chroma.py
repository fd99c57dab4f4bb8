"""The one door to Chroma: a shard's vectors in a persistent folder of their own.

Embedded Chroma is not safe for several processes: opening a folder and asking one question already rewrites its SQLite
file and its vector files (seen with 1.5.9), and a second opener can hang (chroma#7040). So the stored folder is never
opened once it has been built. Each process asks a private copy, which costs milliseconds (17 ms for 20,000 vectors).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from chromadb.api.client import Client

COLLECTION = "chunks"

# One add stays under Chroma's largest batch (5,461 with its bundled SQLite).
ADD = 5_000

# Wide enough that a shard of a few hundred chunks is searched exactly; recall, not speed, is scarce at this size.
SEARCH_WIDTH = 200
LINKS = 32


class ChromaVectors:
    """The vectors of one shard, in a Chroma folder that this process alone has open. Safe for threads."""

    def __init__(self, folder: Path) -> None:
        """Open a private copy of a shard's Chroma folder."""
        self._client = _open(folder)
        self._collection = self._client.get_collection(COLLECTION, embedding_function=None)

    def count(self) -> int:
        """Return the number of vectors."""
        return self._collection.count()

    def nearest(self, vector: NDArray[np.float32], count: int) -> dict[str, float]:
        """Return the cosines of the ``count`` chunks nearest to a unit vector, by chunk id."""
        found = self._collection.query(
            query_embeddings=cast("list[Sequence[float]]", [vector]), n_results=count, include=["distances"]
        )
        distances = found["distances"] or [[]]
        return {name: 1.0 - distance for name, distance in zip(found["ids"][0], distances[0], strict=True)}

    def vectors(self, names: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """Return the stored vectors of chunks by their ids; an id that is not stored is left out."""
        if not names:
            return {}
        found = self._collection.get(ids=list(names), include=["embeddings"])
        stored = np.asarray(found["embeddings"], np.float32)
        return dict(zip(found["ids"], stored, strict=True))

    def names(self) -> list[str]:
        """Return the ids of all chunks."""
        return self._collection.get(include=[])["ids"]

    def close(self) -> None:
        """Release the folder. Nothing may be asked afterwards."""
        self._client.close()


def save_vectors(names: Sequence[str], vectors: NDArray[np.float32], folder: Path) -> None:
    """Write a shard's unit vectors, shape (len(names), d), into a new Chroma folder and release it."""
    parts = np.array_split(np.arange(len(names)), max(1, -(-len(names) // ADD)))
    # Vectors below this number stay in a log that a clean exit may lose (chroma#6975): every add must reach it. Chroma
    # takes no less than 2, so a lone vector stays in the log; the check in a fresh process would tell if it were lost.
    threshold = max(2, min(len(part) for part in parts))
    client = _open(folder)
    try:
        collection = client.create_collection(
            COLLECTION,
            embedding_function=None,
            configuration={
                "hnsw": {
                    "space": "ip",  # of unit vectors: the cosine; and a zero vector stays finite
                    "sync_threshold": threshold,
                    "batch_size": threshold,
                    "ef_construction": SEARCH_WIDTH,
                    "ef_search": SEARCH_WIDTH,
                    "max_neighbors": LINKS,
                }
            },
        )
        for part in parts:
            if len(part):
                collection.add(ids=[names[at] for at in part], embeddings=vectors[part])
    finally:
        client.close()


def _open(folder: Path) -> Client:
    import chromadb
    from chromadb.config import Settings

    client = chromadb.PersistentClient(path=str(folder), settings=Settings(anonymized_telemetry=False))
    return cast("Client", client)  # the declared ClientAPI lacks close()
