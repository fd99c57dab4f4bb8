"""A question for what a municipality does, and about nothing in particular: the plan's measures by their titles are the answer."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from assistant.definitions import topic_nouns
from assistant.own_wording import OWN_MEASURES, OWN_MEASURES_COUNTED
from assistant.statement import Quote, Statement
from assistant.understand import Understanding
from assistant.wording import FACTS, Wanted
from ingest.commitments.commitment import Commitment
from ingest.document import Chunk
from ingest.search_text import readable

LISTED = 30
"""Measures that one answer names; 取組一覧 has them all."""
LONGEST = 1_200  # characters of their titles together


def asks_measures(asked: Understanding) -> bool:
    """Return whether a question asks what is done, and neither names anything that it is done about nor takes that over."""
    counted = OWN_MEASURES_COUNTED.search(asked.focus)
    found = OWN_MEASURES.search(asked.focus) or counted
    if found is None or asked.years or asked.quoted:
        return False
    if counted is None and asked.wanted & (FACTS | {Wanted.REASON}):
        return False
    taken_over = any(word.from_history for word in asked.words)
    return not taken_over and all(word.surface in found[0] for word in topic_nouns(asked))


def shown(measures: Sequence[Commitment]) -> list[Commitment]:
    """Return as many measures as one answer names, the first ones."""
    lengths = accumulate(len(measure.title.text) for measure in measures[:LISTED])
    return [measure for measure, length in zip(measures, lengths, strict=False) if length <= LONGEST]


def list_measures(measures: Sequence[Commitment], chunks: Sequence[Chunk], text: str) -> list[Statement]:
    """Return the titles of measures in reading order, each with its quote; ``chunks`` are those of the plan, ``text`` is its text."""
    told: list[Statement] = []
    for measure in shown(measures):
        span = measure.title.spans[0]
        below = next((chunk for chunk in chunks if chunk.span.end > span.start), chunks[-1])
        told.append(Statement(f"・{readable(span.of(text))}", (Quote(below, span),)))
    return told
