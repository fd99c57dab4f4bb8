"""What is true of a server at one moment: can it answer, from which index, and how many answers does it keep."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ui.database import AnswersFile, AnswersFileError

if TYPE_CHECKING:
    from datetime import date

    from index.index import Index


@dataclass(frozen=True, slots=True)
class IndexState:
    """An open generation of the index. ``loaded`` is in seconds since 1970.

    ``chroma_up`` says whether the Chroma server answered when it was last asked, ``None`` where none is used or none was asked yet;
    ``chroma_failures`` how many questions to a municipality's vectors it failed since this generation was opened.
    """

    generation: str
    embedder: str
    loaded: float
    plans: int
    expired: int
    chunks: int
    chroma_up: bool | None
    chroma_failures: int


@dataclass(frozen=True, slots=True)
class AnswersState:
    """How many answers are kept, and the bytes of their file with its write-ahead log."""

    kept: int
    size: int


@dataclass(frozen=True, slots=True)
class State:
    """``waiting`` counts questions that wait for their turn.

    ``None`` stands for an index that is not open, and for an answers file that is not there or cannot be read.
    """

    ready: bool
    waiting: int
    index: IndexState | None
    answers: AnswersState | None
    ingesting: bool
    evaluating: bool


ReadState = Callable[[], State]


def read_index_state(index: Index, loaded: float, today: date) -> IndexState:
    """Return the state of an open index; reads its manifest alone."""
    return IndexState(
        generation=index.generation,
        embedder=index.built_by["embedder"],
        loaded=loaded,
        plans=len(index.plans),
        expired=sum(plan.expired(today) for plan in index.plans),
        chunks=sum(index.chunk_count(plan.plan_id) for plan in index.plans),
        chroma_up=index.chroma.up if index.chroma else None,
        chroma_failures=index.chroma.failures if index.chroma else 0,
    )


def read_answers_state(file: AnswersFile) -> AnswersState | None:
    """Return the state of the answers file, or ``None`` where there is none that can be read."""
    if file.empty:
        return None
    log = file.path.with_name(f"{file.path.name}-wal")
    try:
        with file.connected() as connection:
            (kept,) = connection.execute("SELECT COUNT(*) FROM answers WHERE given >= ?", (file.oldest,)).fetchone()
        size = file.path.stat().st_size + (log.stat().st_size if log.exists() else 0)
    except (AnswersFileError, OSError):
        return None
    return AnswersState(kept, size)
