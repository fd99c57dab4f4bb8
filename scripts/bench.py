"""Prints what each layer costs as a ratio to the one below it, over the five plans, in one table.

Ratios compare on any machine; milliseconds do not. Every time is the median of ``ROUNDS`` passes over the assistant's
own example questions, in one warm process.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

import chromadb
import numpy as np
from chromadb.config import Settings
from numpy.typing import NDArray

from assistant.answer import Question
from assistant.assistant import Assistant
from index.build import build_index
from index.embedder import Embedder, open_embedder
from index.generation import SHARDS
from index.index import Index
from index.query import Query
from index.shard import Shard
from ingest.read_folder import read_plans

PLANS = Path(__file__).resolve().parent.parent / "plans"
ROUNDS = 5
K = 10

BARE = "bare Chroma query, all plans"
BARE_TOWN = "bare Chroma query, one town by filter"


class Asked(NamedTuple):
    """An example question, its municipality's code and its embedding."""

    text: str
    code: str
    vector: NDArray[np.float32]


class Remembering:
    """An embedder that embeds the same question once: with it, asking costs what the index itself costs."""

    def __init__(self, model: Embedder) -> None:
        """Take the model that embeds."""
        self.name, self.digest = model.name, model.digest
        self.dimensions, self.floor = model.dimensions, model.floor
        self.embed_documents = model.embed_documents
        self.embed_query = cache(model.embed_query)


def bare_collection(shards: Iterable[Shard], folder: Path) -> chromadb.Collection:
    """Build one Chroma collection of every vector of an index, with Chroma's defaults: the least that a product would do."""
    client = chromadb.PersistentClient(str(folder), Settings(anonymized_telemetry=False))
    collection = client.create_collection("bare", embedding_function=None)
    for shard in shards:
        rows = len(shard.meanings.vectors)
        collection.add(
            ids=[f"{shard.folder.name}-{row}" for row in range(rows)],
            embeddings=shard.meanings.vectors.astype(np.float32),
            metadatas=[{"code": shard.chunks[0].municipality_code}] * rows,
        )
    return collection


def milliseconds(call: Callable[[Asked], object], questions: Sequence[Asked]) -> float:
    """Return the median time of one call over all questions, after one pass to warm up."""
    for question in questions:
        call(question)
    times = []
    for question in [*questions] * ROUNDS:
        start = time.perf_counter()
        call(question)
        times.append((time.perf_counter() - start) * 1000)
    return median(times)


def examples(assistant: Assistant, embedder: Embedder) -> list[Asked]:
    """Return every municipality's example questions."""
    return [
        Asked(text, plan.municipality_code, embedder.embed_query(text))
        for plan in assistant.index.plans
        for text in assistant.examples(plan.municipality)
    ]


def measure(folder: Path) -> list[tuple[str, float, str]]:
    """Return each layer's name, its milliseconds and the name of the layer that it is compared with."""
    embedder = open_embedder("default")
    stored = folder / "index"
    build_index(read_plans([PLANS]).documents, stored, embedder=embedder)
    bare = bare_collection(map(Shard, sorted((stored / SHARDS).iterdir())), folder / "bare")
    with (
        Index.open(stored, embedder=embedder) as index,
        Index.open(stored, embedder=Remembering(embedder)) as searching,
    ):
        now = datetime.now(timezone(timedelta(hours=9)))
        assistant = Assistant(index, clock=lambda: now)
        asked = examples(assistant, embedder)
        calls: list[tuple[str, Callable[[Asked], object], str]] = [
            (BARE, lambda a: bare.query(a.vector, n_results=K), ""),
            ("embed a question", lambda a: embedder.embed_query(a.text), BARE),
            ("retrieve, all plans, question embedded", lambda a: searching.retrieve(Query(a.text, (), K)), BARE),
            ("retrieve, all plans", lambda a: index.retrieve(Query(a.text, (), K)), BARE),
            (BARE_TOWN, lambda a: bare.query(a.vector, n_results=K, where={"code": a.code}), BARE),
            (
                "retrieve, one town, question embedded",
                lambda a: searching.retrieve(Query(a.text, (a.code,), K)),
                BARE_TOWN,
            ),
            ("retrieve, one town", lambda a: index.retrieve(Query(a.text, (a.code,), K)), BARE_TOWN),
            ("answer, one town", lambda a: assistant.answer(Question(a.text, (a.code,))), "retrieve, one town"),
        ]
        return [(name, milliseconds(call, asked), against) for name, call, against in calls]


def main() -> int:
    """Print the table; return the exit code."""
    with TemporaryDirectory() as folder:
        rows = measure(Path(folder))
    times = {name: spent for name, spent, _ in rows}
    print(f"| {'layer':<38} | {'ms':>7} | {'ratio':>6} | to |\n|{'-' * 40}|{'-' * 8}:|{'-' * 7}:|----|")
    for name, spent, against in rows:
        ratio = f"{spent / times[against]:.2f}" if against else "1.00"
        print(f"| {name:<38} | {spent:7.2f} | {ratio:>6} | {against or 'itself'} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
