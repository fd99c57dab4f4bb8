"""The vectors of a shard, mapped into memory: one of every chunk as a whole, and one of each of its units.

Chroma finds what is near a question (``index.chroma``); here stand the same vectors in the order of the chunks, because a
candidate that its words have found needs its nearness too, and asking Chroma for vectors costs as much as searching.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.document import Chunk

VECTORS = "vectors.npy"  # float16 (rows, d): rounding moves a cosine by less than .001
STARTS = "starts.npy"  # int32 (chunks + 1,): where each chunk's rows begin


@dataclass(frozen=True, slots=True)
class Meanings:
    """Rows ``starts[i]`` to ``starts[i + 1]`` belong to chunk i: the whole chunk, then its units if they are several."""

    vectors: NDArray[np.float16]
    starts: NDArray[np.int32]

    @staticmethod
    def open(folder: Path) -> Meanings:
        """Return the vectors of a saved shard."""
        return Meanings(np.asarray(np.load(folder / VECTORS, mmap_mode="r")), np.load(folder / STARTS))

    def chunks_of(self, rows: Sequence[int]) -> NDArray[np.intp]:
        """Return which chunk each row belongs to, shape (len(rows),)."""
        return np.searchsorted(self.starts, np.asarray(rows, np.intp), side="right") - 1

    def nearest(self, vector: NDArray[np.float32], count: int) -> list[int]:
        """Return the numbers of the ``count`` rows nearest to a unit vector, the nearest first; all rows are gone through."""
        cosines = self.vectors.astype(np.float32) @ vector
        return [int(row) for row in np.argsort(-cosines, kind="stable")[:count]]

    def is_found(self, row: int, nearest: Callable[[NDArray[np.float32], int], Sequence[int]]) -> bool:
        """Return whether ``nearest``, asked for a row's own vector, gives that or one as near.

        Another text may have the very same vector; what counts is that nothing nearer than itself was lost.
        """
        vector = self.vectors[row].astype(np.float32)
        found = nearest(vector, 1)
        if not found or not 0 <= found[0] < len(self.vectors):
            return False
        return not vector.any() or float(self.vectors[found[0]].astype(np.float32) @ vector) >= 1 - 1e-2

    def near(self, chunks: NDArray[np.intp], vector: NDArray[np.float32]) -> Near:
        """Return how near some chunks are to a unit vector."""
        starts, counts = self.starts[chunks], self.starts[chunks + 1] - self.starts[chunks]
        firsts = np.cumsum(counts) - counts
        rows = np.arange(counts.sum()) - np.repeat(firsts, counts) + np.repeat(starts, counts)
        return Near(self.vectors[rows].astype(np.float32) @ vector, firsts)


@dataclass(frozen=True, slots=True)
class Near:
    """Cosines of the rows of several chunks, one chunk after the other; ``firsts`` says where each begins."""

    cosines: NDArray[np.float32]
    firsts: NDArray[np.intp]

    @property
    def wholes(self) -> NDArray[np.float32]:
        """The cosine of each whole chunk."""
        return self.cosines[self.firsts]

    @property
    def best_units(self) -> NDArray[np.float32]:
        """The highest cosine among each chunk's units; the whole's where there is nothing else."""
        if not len(self.firsts):
            return self.cosines
        several = np.diff(self.firsts, append=len(self.cosines)) > 1
        units = self.cosines.copy()
        units[self.firsts[several]] = -np.inf
        return np.maximum.reduceat(units, self.firsts)

    def units(self, at: int) -> NDArray[np.float32]:
        """Return the cosines of the units of one of the chunks, by its place among them; none where it has but one."""
        end = self.firsts[at + 1] if at + 1 < len(self.firsts) else len(self.cosines)
        return self.cosines[self.firsts[at] + 1 : end]


def embedded_texts(chunk: Chunk) -> Iterator[str]:
    """Yield what is embedded of a chunk: its whole, then its units if they are several, each under its headings."""
    units = [unit.search_text for unit in chunk.units]
    for body in (chunk.search_text, *(units if len(units) > 1 else ())):
        yield "\n".join((*chunk.heading_path, body))


def save_meanings(vectors: NDArray[np.float32], counts: Sequence[int], folder: Path) -> None:
    """Save a shard's vectors, shape (sum(counts), d), ``counts[i]`` of them for chunk i."""
    folder.mkdir()
    np.save(folder / VECTORS, vectors.astype(np.float16))
    np.save(folder / STARTS, np.cumsum([0, *counts], dtype=np.int32))
