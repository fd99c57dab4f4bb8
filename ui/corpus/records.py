"""A corpus as JSON lines: the records that ``dump`` writes and ``load`` reads (docs/corpus.md tells every field)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from ingest.chunk import CHUNKER_VERSION
from ingest.commitments.commitment import Commitment
from ingest.document import Chunk, Document, Plan

if TYPE_CHECKING:
    from collections.abc import Sequence

    Record = dict[str, Any]

FORMAT = 1  # change it whenever an older file could not be loaded

PLANS = TypeAdapter(Plan)
CHUNKS = TypeAdapter(Chunk)
COMMITMENTS = TypeAdapter(Commitment)


class CorpusError(ValueError):
    """A corpus cannot be written or loaded. The message is Japanese and says what to do."""


def is_compressed(file: Path) -> bool:
    """Return whether a file's name says that it is compressed (gzip)."""
    return file.suffix == ".gz"


def corpus_record(plans: int) -> Record:
    """Return the first record of a file: its format, the rules that made the chunks, and how many plans follow."""
    return {"record": "corpus", "format": FORMAT, "chunker": CHUNKER_VERSION, "plans": plans}


def plan_record(document: Document, measures: Sequence[Commitment]) -> Record:
    """Return a plan's record; as many chunks and measures as it says follow it."""
    counts = {"chunks": len(document.chunks), "commitments": len(measures)}
    stored = {"pages": list(document.pages), "text": document.text}
    return {"record": "plan", **PLANS.dump_python(document.plan, mode="json"), **counts, **stored}


def chunk_record(chunk: Chunk, text: str) -> Record:
    """Return a chunk's record with the plan's own words, ``text`` being the plan's."""
    return {"record": "chunk", **CHUNKS.dump_python(chunk, mode="json"), "quote": chunk.span.of(text)}


def commitment_record(measure: Commitment, text: str) -> Record:
    """Return a measure's record with the words that name it, ``text`` being the plan's."""
    words = COMMITMENTS.dump_python(measure, mode="json")
    return {"record": "commitment", **words, "quote": measure.title.spans[0].of(text)}
