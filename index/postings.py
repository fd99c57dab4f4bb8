"""BM25 scores of the terms of one field, computed by bm25s at build time and read back with NumPy.

bm25s saves a sparse matrix, one column a term, whose values are the finished scores of that term in each chunk.
Answering needs a handful of its columns, so they are mapped into memory and added up here: importing bm25s would cost
every command line 0.3 s (it brings in scipy).
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

METHOD = "lucene"  # idf * tf / (tf + k1 * (1 - b + b * length / mean length)): never more than the idf


@dataclass(frozen=True, slots=True)
class Postings:
    """The terms of ``size`` chunks: term i stands in chunks ``indices[indptr[i]:indptr[i + 1]]`` with ``data``."""

    size: int
    vocabulary: dict[str, int]
    data: NDArray[np.float32]
    indices: NDArray[np.int32]
    indptr: NDArray[np.int32]

    def __contains__(self, term: str) -> bool:
        """Return whether any chunk holds ``term``."""
        return term in self.vocabulary

    def idf(self, term: str) -> float:
        """Return the rarity of a term, the most that it can add to a chunk's score; the highest for an absent one."""
        at = self.vocabulary.get(term)
        found = 0 if at is None else int(self.indptr[at + 1] - self.indptr[at])
        return idf(found, self.size)

    def add(self, term: str, scores: NDArray[np.float32]) -> None:
        """Add the term's BM25 score to every chunk's score, shape (size,); nothing for an absent term."""
        at = self.vocabulary.get(term)
        if at is not None:
            column = slice(int(self.indptr[at]), int(self.indptr[at + 1]))
            scores[self.indices[column]] += self.data[column]  # a chunk stands once in a column

    def column(self, term: str) -> NDArray[np.float32]:
        """Return the term's BM25 score in every chunk, shape (size,); zeros for an absent term."""
        scores = np.zeros(self.size, np.float32)
        self.add(term, scores)
        return scores


def idf(found: int, size: int) -> float:
    """Return Lucene's inverse document frequency of a term that ``found`` of ``size`` chunks hold; above 0."""
    return math.log(1 + (size - found + 0.5) / (found + 0.5))


def save_postings(fields: Sequence[Sequence[str]], folder: Path, *, k1: float, b: float) -> None:
    """Compute the BM25 scores of a field's terms, one list of terms a chunk, and save them in ``folder``.

    A field without any term leaves an empty vocabulary; bm25s cannot index one.
    """
    import bm25s

    vocabulary = {term: at for at, term in enumerate(sorted({term for terms in fields for term in terms}))}
    if not vocabulary:
        folder.mkdir(parents=True)
        (folder / "vocab.index.json").write_text("{}", "utf-8")
        return
    scorer = bm25s.BM25(k1=k1, b=b, method=METHOD, backend="numpy")
    ids = [[vocabulary[term] for term in terms] for terms in fields]
    scorer.index((ids, vocabulary), create_empty_token=False, show_progress=False)
    scorer.save(folder, show_progress=False)


def open_vocabulary(folder: Path) -> dict[str, int]:
    """Return the saved terms of a field with their numbers."""
    return dict(json.loads((folder / "vocab.index.json").read_text("utf-8")))


def open_postings(folder: Path, size: int) -> Postings:
    """Return the saved scores of a field of ``size`` chunks, mapped into memory."""
    vocabulary = open_vocabulary(folder)
    if not vocabulary:
        nothing = np.zeros(0, np.int32)
        return Postings(size, {}, np.zeros(0, np.float32), nothing, nothing)
    parts = ("data", "indices", "indptr")
    # Still mapped, but as plain arrays: np.memmap does work of its own at every slice.
    arrays = [np.asarray(np.load(folder / f"{part}.csc.index.npy", mmap_mode="r")) for part in parts]
    return Postings(size, vocabulary, *arrays)
