"""What is asked of the index and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.document import Chunk


@dataclass(frozen=True, slots=True)
class Query:
    """Words to look for, already normalised and without the town's name.

    ``municipalities`` holds six-digit codes and is a hard lock (empty: every municipality); ``k`` is the
    most hits wanted.
    """

    text: str
    municipalities: tuple[str, ...] = ()
    k: int = 10

    def __post_init__(self) -> None:
        """Refuse a number of hits that asks for nothing."""
        if self.k < 1:
            raise ValueError(f"k must be at least 1, not {self.k}.")


@dataclass(frozen=True, slots=True)
class Hit:
    """A chunk that was found, with the parts of its score (see ``index.retrieve``).

    ``lexical`` lies in [0, 1). ``dense`` and ``units``, how near the chunk and each of its units are in meaning, are at
    most 1; 0 is what texts without anything in common have, and another language may be further away than that.
    ``reranked`` is a reranker's score, in [0, 1]; 0 without one.
    """

    chunk: Chunk
    score: float
    lexical: float
    dense: float
    units: tuple[float, ...] = ()
    reranked: float = 0.0
