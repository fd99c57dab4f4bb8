"""What is read of plans once and remembered: their chunks' words, how rare a word is, what they say and when."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from assistant.coverage import ReadChunk, coverage, read_chunk
from assistant.kinds import years_of
from assistant.weighted_words import TopicWord
from index.embedder import Embedder
from index.index import Index
from index.plan_words import PlanWords, stem
from index.thesaurus import synonyms
from ingest.commitments.commitment import Commitment
from ingest.commitments.find import commitments
from ingest.document import Chunk, Kind, Span
from ingest.eras import Year
from ingest.search_text import normalise

WORDS_REMEMBERED = 8_192  # whose vectors are kept, 1 KB each: towns write the same words, and so do questions
TOWNS_REMEMBERED = 32
"""Municipalities whose plans stay read, some tens of megabytes each: more than one question is put to."""
LONGEST_LABEL = 12
"""Letters of a line that names the list below it; a longer one may be a motto of its own."""


@dataclass(slots=True)
class _Memory:
    """What was read of one municipality's plans: by chunk, by plan, and as a whole; ``None`` for what was not read yet."""

    code: str
    chunks: dict[str, ReadChunk] = field(default_factory=dict)
    labels: dict[str, frozenset[str]] = field(default_factory=dict)
    openings: dict[str, frozenset[str]] = field(default_factory=dict)
    section_years: dict[str, dict[tuple[str, ...], tuple[Year, ...]]] = field(default_factory=dict)
    counts: dict[str, PlanWords] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    years: dict[str, frozenset[int]] = field(default_factory=dict)
    measures: dict[str, tuple[Commitment, ...]] = field(default_factory=dict)
    sounds: dict[str, str] | None = None


class Reader:
    """Reads chunks into words once each, and weighs words by how rare they are in some plans. Thread-safe."""

    def __init__(self, index: Index, words: Embedder) -> None:
        """Take the index to read and the word vectors to compare words with."""
        self._index = index
        self._of = lru_cache(TOWNS_REMEMBERED)(_Memory)
        self._meaning = lru_cache(WORDS_REMEMBERED)(words.embed_query)

    def read(self, chunk: Chunk) -> ReadChunk:
        """Return a chunk's words."""
        chunks = self._of(chunk.municipality_code).chunks
        if (read := chunks.get(chunk.chunk_id)) is None:
            read = chunks[chunk.chunk_id] = read_chunk(chunk, self._meaning)
        return read

    def rarity(self, plans: Sequence[str], term: str) -> float:
        """Return a word's inverse document frequency over the chunks of some plans (ids); the highest when it has none."""
        counted = [self._count(plan_id) for plan_id in plans]
        n, total = sum(words.counts.get(term, 0) for words in counted), sum(words.chunks for words in counted)
        return math.log(1 + (total - n + 0.5) / (n + 0.5))

    def known(self, plans: Sequence[str], term: str) -> bool:
        """Return whether some plans (ids) hold the word or a synonym of it anywhere."""
        words = (term, stem(term), *synonyms(term))
        return any(word in self._count(plan_id).counts for plan_id in plans for word in words)

    def says(self, plans: Sequence[str], words: str) -> bool:
        """Return whether some plans (ids) hold these very words, spaces and letter widths apart."""
        return any(_bare(words) in self._text(plan_id) for plan_id in plans)

    def own_dates(self, plan_id: str) -> frozenset[tuple[int, int]]:
        """Return when a plan was made and revised, as years and months."""
        plan = self._index.plan(plan_id)
        return frozenset((day.year, day.month) for day in (plan.established, plan.revised) if day is not None)

    def own_period(self, plan_id: str) -> Span | None:
        """Return where a plan states its own period, by what was read of it when it was ingested."""
        places = {place.field: place.span for place in self._index.plan(plan_id).evidence}
        return places.get("valid_to") or places.get("valid_from")

    def states_year(self, plans: Sequence[str], year: int) -> bool:
        """Return whether some plans (ids) speak of a year at all, be it the fiscal or the calendar year."""
        return any(year in self._years(plan_id) for plan_id in plans)

    def sounds(self, code: str = "") -> dict[str, str]:
        """Return the words of a municipality's plans, alone and two or three together, by reading; of several without one.

        The readings are in katakana; of words that sound alike, the one of more plans stands, then the one used more often.
        Plans share most of their words, so of very many municipalities some are read.
        """
        memory = self._of(code)
        if memory.sounds is None:
            plans: Counter[tuple[str, str]] = Counter()
            times: Counter[tuple[str, str]] = Counter()
            for town in (code,) if code else self._some_towns():
                for words in self._index.plan_words(town):
                    found = {(reading, word): n for reading, word, n in words.readings}
                    times.update(found)
                    plans.update(found.keys())
            memory.sounds = dict(sorted(times, key=lambda pair: (plans[pair], times[pair])))
        return memory.sounds

    def _some_towns(self) -> tuple[str, ...]:
        """Return all municipalities, or as many as are remembered, evenly spread over the country."""
        codes = self._index.codes
        return codes[:: -(-len(codes) // TOWNS_REMEMBERED)]

    def labels(self, plan_id: str) -> frozenset[str]:
        """Return the ids of a plan's chunks that say nothing by themselves: its title, and a short line above a list."""
        labels = self._of_plan(plan_id).labels
        if plan_id not in labels:
            chunks = self._index.chunks(plan_id)
            title = _bare(self._index.plan(plan_id).title)
            labels[plan_id] = frozenset(
                chunk.chunk_id
                for chunk, after in zip(chunks, [*chunks[1:], None], strict=True)
                if _bare(chunk.search_text) == title or (after is not None and _announces(chunk, after))
            )
        return labels[plan_id]

    def openings(self, plan_id: str) -> frozenset[str]:
        """Return the ids of the chunks that come first under their heading, where a section says what it is about."""
        openings = self._of_plan(plan_id).openings
        if plan_id not in openings:
            first: dict[tuple[str, ...], str] = {}
            for chunk in self._index.chunks(plan_id):
                first.setdefault(chunk.heading_path, chunk.chunk_id)
            openings[plan_id] = frozenset(first.values())
        return openings[plan_id]

    def section_years(self, chunk: Chunk) -> tuple[Year, ...]:
        """Return the years that are told under a chunk's own heading: those of a survey whose results stand in a table."""
        section_years = self._of(chunk.municipality_code).section_years
        if chunk.plan_id not in section_years:
            years: defaultdict[tuple[str, ...], dict[Year, None]] = defaultdict(dict)
            for other in self._index.chunks(chunk.plan_id):
                years[other.heading_path].update(dict.fromkeys(years_of(other.search_text)))
            section_years[chunk.plan_id] = {path: tuple(found) for path, found in years.items()}
        return section_years[chunk.plan_id][chunk.heading_path]

    def measures(self, plan_id: str) -> tuple[Commitment, ...]:
        """Return the measures of a plan, in reading order."""
        measures = self._of_plan(plan_id).measures
        if plan_id not in measures:
            plan = self._index.plan(plan_id)
            measures[plan_id] = commitments(plan, self._index.chunks(plan_id), self._index.text(plan_id))
        return measures[plan_id]

    def coverage(self, chunk: Chunk, words: Sequence[TopicWord]) -> NDArray[np.float64]:
        """Return how far each unit of a chunk covers each word, shape (units, words), 0 to 1."""
        return coverage(chunk.kind, self.read(chunk), words, self._meaning)

    def _count(self, plan_id: str) -> PlanWords:
        """Return in how many of a plan's chunks each word stands, and how many chunks there are."""
        counts = self._of_plan(plan_id).counts
        if plan_id not in counts:
            of_town = self._index.plan_words(self._index.plan(plan_id).municipality_code)
            counts.update({words.plan_id: replace(words, readings=()) for words in of_town})
        return counts[plan_id]

    def _text(self, plan_id: str) -> str:
        texts = self._of_plan(plan_id).texts
        if plan_id not in texts:
            texts[plan_id] = _bare(self._index.text(plan_id))
        return texts[plan_id]

    def _years(self, plan_id: str) -> frozenset[int]:
        years = self._of_plan(plan_id).years
        if plan_id not in years:
            years[plan_id] = frozenset(found.year for found in years_of(normalise(self._index.text(plan_id))))
        return years[plan_id]

    def _of_plan(self, plan_id: str) -> _Memory:
        return self._of(self._index.plan(plan_id).municipality_code)


def _announces(chunk: Chunk, after: Chunk) -> bool:
    """Return whether a chunk is the short name of the list after it (「ビジョンの方針」), which is no sentence."""
    alone = chunk.kind is Kind.PARAGRAPH and len(chunk.units) == 1 and len(chunk.search_text) <= LONGEST_LABEL
    return (
        alone
        and after.kind is Kind.LIST
        and after.heading_path == chunk.heading_path
        and not chunk.search_text.rstrip().endswith("。")
    )


def _bare(text: str) -> str:
    return "".join(normalise(text).split()).casefold()
