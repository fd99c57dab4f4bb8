"""What a whole chunk is to a question, before its pieces are weighed one by one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.definitions import defines, is_topic_noun, letters, topic_nouns
from assistant.own_times import asks_own_date, asks_own_period
from assistant.reading import Reader
from assistant.understand import Understanding
from assistant.wording import FACTS, Wanted
from index.tokens import terms
from ingest.document import Chunk, Kind, Span
from ingest.eras import Year
from ingest.search_text import normalise

HEADING_PART = 0.5  # what naming a heading among other things is of naming it alone
_NUMBERING = re.compile(r"^(?:第?[0-9]+[章節編]?|[(][0-9]+[)])[-.、]?[0-9]*[.、]?\s*")
_ABBREVIATION = re.compile(r"[A-Z]{3,6}")
_LATIN_NAME = re.compile(r"[A-Z][A-Za-z-]{3,15}")  # 「Wi-Fi」「ChatGPT」


@dataclass(frozen=True, slots=True)
class Fit:
    """What a whole chunk is to the question: see ``defines`` and ``names_heading``."""

    defines: float
    heading: float
    first: bool  # nothing of its section comes before it
    label: bool  # it only names what stands below it
    names: list[int]  # the question's words without which a piece answers nothing
    years: tuple[Year, ...]  # told in its section, for a piece that tells none
    beside: bool  # it lists something else than what is asked for: see ``_lists_beside``
    # its plan's, as years and months; none where the question does not ask for them
    own_dates: frozenset[tuple[int, int]]
    own_period: Span | None  # where its plan states its period; likewise


def fit_chunk(asked: Understanding, chunk: Chunk, names: list[int], reader: Reader) -> Fit:
    """Return what a chunk is to a question; ``names`` are the places of the words that ``names_asked`` gives."""
    return Fit(
        defines(asked, chunk),
        names_heading(asked, chunk),
        chunk.chunk_id in reader.openings(chunk.plan_id),
        chunk.chunk_id in reader.labels(chunk.plan_id),
        names,
        reader.section_years(chunk) if asked.years else (),
        _lists_beside(asked, chunk),
        reader.own_dates(chunk.plan_id) if asks_own_date(asked) else frozenset(),
        reader.own_period(chunk.plan_id) if asks_own_period(asked) else None,
    )


def names_asked(asked: Understanding, plans: Sequence[str], reader: Reader) -> list[int]:
    """Return the places of the abbreviations (「BCP」) without which a piece answers nothing.

    They are those of which a figure, a time or a post is asked, and those that the plans hold nowhere, other names in Latin
    letters among them.
    """
    nouns = [(at, word) for at, word in enumerate(asked.words) if is_topic_noun(word)]
    unknown = {at for at, word in nouns if not reader.known(plans, word.term)}
    return [
        at
        for at, word in nouns
        if (_ABBREVIATION.fullmatch(word.surface) and (asked.wanted & FACTS or at in unknown))
        or (_LATIN_NAME.fullmatch(word.surface) and at in unknown)
    ]


def names_heading(asked: Understanding, chunk: Chunk) -> float:
    """Return 1 when the question names the chunk's own heading and no other topic, less when it names it among others."""
    if not chunk.heading_path:
        return 0.0
    title = letters(_NUMBERING.sub("", normalise(chunk.heading_path[-1])).strip("【】〔〕《》〈〉『』「」"))
    if len(title) <= 3 or title not in letters(asked.focus):
        return 0.0
    inside = frozenset(terms(normalise(chunk.heading_path[-1])))
    nouns = topic_nouns(asked)
    return 1.0 if nouns and all(word.term in inside for word in nouns) else HEADING_PART


def _lists_beside(asked: Understanding, chunk: Chunk) -> bool:
    """Return whether just one of an outline's headings names what is listed: the list is below that one, it is not these."""
    if chunk.kind is not Kind.OUTLINE or Wanted.LIST not in asked.wanted:
        return False
    nouns = {word.term for word in topic_nouns(asked)}
    above = set(terms(normalise(" ".join(chunk.heading_path[-1:]))))
    focus = letters(asked.focus)
    naming = sum(
        letters(_NUMBERING.sub("", unit.search_text)) in focus
        or (bool(nouns - above) and nouns <= set(terms(unit.search_text)))
        for unit in chunk.units
    )
    return bool(nouns) and naming == 1 < len(chunk.units)
