"""The product's own retrieval over a foreign corpus: indexed as plans are, asked as residents' questions are.

The corpus becomes one plan of one municipality, because rarity of words is counted by municipality, and each document one
chunk, so that a hit is a document. Everything else is what plans get: the title as the heading, the search text
(``ingest.search_text``) as the body, ``build_index`` with the configured embedder, ``Index.retrieve``. The body begins with the
title, because in BEIR a document is its title and its text; as the heading alone it would count less than any other word.

A question is read as the assistant reads it (mark-up removed, spaces and years as in plans), but not understood: taking out
the names of municipalities and what does not ask is right for plans only.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.asking import normalise_question, strip_markup
from evals.beir_read import BeirDocument, BeirSet
from index.build import build_index
from index.embedder import Embedder
from index.index import Index
from index.query import Query
from index.reranker import Reranker
from ingest.document import Chunk, Document, Kind, Plan, Span, Unit
from ingest.search_text import normalise
from ingest.sentences import split_sentences

DEPTH = 100  # documents of a ranking: as deep as the deepest measure looks
CORPUS_ID = "corpus"
EMBEDDED_AT_ONCE = 256  # texts between two steps of progress

STEPS = 2  # of each document while the index is built: it is read, and it is embedded

Step = Callable[[int], None]
"""Is told of so many more steps done."""


@dataclass(frozen=True, slots=True)
class Retrieved:
    """The ids of at most ``DEPTH`` documents for every query, best first, and how long all queries took."""

    rankings: dict[str, tuple[str, ...]]
    seconds: float


@dataclass(frozen=True, slots=True)
class _Telling:
    """An embedder that tells how far it is; the vectors are those of the embedder inside."""

    inside: Embedder
    step: Step
    documents: int

    @property
    def name(self) -> str:
        return self.inside.name

    @property
    def digest(self) -> str:
        return self.inside.digest

    @property
    def floor(self) -> float:
        return self.inside.floor

    @property
    def dimensions(self) -> int:
        return self.inside.dimensions

    def embed_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = np.zeros((len(texts), self.dimensions), np.float32)
        for start in range(0, len(texts), EMBEDDED_AT_ONCE):
            part = texts[start : start + EMBEDDED_AT_ONCE]
            vectors[start : start + len(part)] = self.inside.embed_documents(part)
            done, before = (self.documents * at // len(texts) for at in (start + len(part), start))
            self.step(done - before)
        return vectors

    def embed_query(self, text: str) -> NDArray[np.float32]:
        return self.inside.embed_query(text)


def index_corpus(documents: Sequence[BeirDocument], directory: Path, *, embedder: Embedder, step: Step) -> float:
    """Index a corpus in ``directory`` and return how many seconds that took. ``step`` hears of ``STEPS`` a document.

    Raises:
        IndexDamagedError: the index could not be read back.
    """
    started = time.perf_counter()
    build_index([_as_plan(documents, step)], directory, embedder=_Telling(embedder, step, len(documents)))
    return time.perf_counter() - started


def search_queries(
    beir: BeirSet, directory: Path, *, embedder: Embedder, step: Step, reranker: Reranker | None = None
) -> Retrieved:
    """Return the ranking of every query, asked one after the other once the index's files have been opened.

    ``step`` hears of every query.
    """
    names = {chunk_id(document.id): document.id for document in beir.documents}
    texts = {document.id: document.text for document in beir.documents if document.id in beir.queries}
    rankings = {}
    with Index.open(directory, embedder=embedder, reranker=reranker) as index:
        index.retrieve(Query(search_words(next(iter(beir.queries.values())))))
        started = time.perf_counter()
        for name, text in beir.queries.items():
            # In some sets the queries are documents themselves; finding oneself is no merit (source: BEIR's evaluation).
            itself = name if texts.get(name) == text and name not in beir.qrels[name] else ""
            hits = index.retrieve(Query(search_words(text), k=DEPTH + bool(itself)))
            found = [names[hit.chunk.chunk_id] for hit in hits]
            rankings[name] = tuple(document for document in found if document != itself)[:DEPTH]
            step(1)
        return Retrieved(rankings, time.perf_counter() - started)


def search_words(text: str) -> str:
    """Return what is searched for when ``text`` is asked.

    >>> search_words("<b>ＪＲ</b>が 発足したのは昭和６２年？")
    'JR が 発足したのは1987年?'
    """
    return normalise_question(strip_markup(text))


def chunk_id(document_id: str) -> str:
    """Return the id of the chunk that stands for a document."""
    return hashlib.sha256(document_id.encode()).hexdigest()[:32]


def _as_plan(documents: Sequence[BeirDocument], step: Step) -> Document:
    """Return a corpus as one plan: the texts one after the other, a line between them, each a chunk."""
    plan = Plan(CORPUS_ID, "", "", "", "", "", None, None, None, None, "", "")
    text = "\n".join(document.text for document in documents)
    return Document(plan, text, hashlib.sha256(text.encode()).hexdigest(), tuple(_chunks(documents, step)))


def _chunks(documents: Sequence[BeirDocument], step: Step) -> Iterator[Chunk]:
    start = 0
    for document in documents:
        title = normalise(document.title)
        yield Chunk(
            chunk_id=chunk_id(document.id),
            plan_id=CORPUS_ID,
            municipality="",
            municipality_code="",
            kind=Kind.PARAGRAPH,
            span=Span(start, start + len(document.text)),
            heading_path=(title,) if title else (),
            search_text=f"{title} {normalise(document.text)}".strip(),
            units=tuple(_units(document.text, start)),
        )
        start += len(document.text) + 1
        step(1)


def _units(text: str, start: int) -> Iterator[Unit]:
    for span in split_sentences(text, Span(0, len(text))):
        yield Unit(Span(start + span.start, start + span.end), normalise(text[span.start : span.end]))
