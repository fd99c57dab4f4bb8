"""The measures of an index's plans: read once for each open index, chosen by municipality and words."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from weakref import WeakKeyDictionary

from assistant.scope import selected_codes
from assistant.towns import find_mentions, without_mentions
from index.index import Index
from index.tokens import terms, tokenize
from ingest.commitments.commitment import Commitment
from ingest.commitments.find import commitments
from ingest.document import Plan
from ingest.search_text import normalise
from ui.commitments.headings import theme_of
from ui.commitments.years import fiscal_years
from ui.question import QuestionRefusedError, read_question


@dataclass(frozen=True)
class Record:
    """A measure with its plan, and its words as a search compares them."""

    plan: Plan
    commitment: Commitment

    @cached_property
    def title_terms(self) -> frozenset[str]:
        """The content words of the title."""
        return frozenset(terms(normalise(self.commitment.title.text)))

    @cached_property
    def words(self) -> str:
        """Everything that the record says, headings included, as search text."""
        found = self.commitment
        stages = (text for stage in found.schedule for text in (stage.what, stage.when, stage.until))
        texts = (found.title.text, found.summary.text, found.state.text, found.unit.text, *found.heading_path, *stages)
        return normalise("\n".join(texts))

    @cached_property
    def theme(self) -> str:
        """The heading that tells what the measure belongs to, without its number."""
        return theme_of(self.commitment.heading_path)

    @cached_property
    def theme_words(self) -> str:
        """The title and the headings as search text."""
        return normalise("\n".join((self.commitment.title.text, *self.commitment.heading_path)))

    @cached_property
    def years(self) -> frozenset[int]:
        """The fiscal years that its schedule states."""
        return frozenset().union(*(fiscal_years(stage, self.plan) for stage in self.commitment.schedule))

    @cached_property
    def title_reading(self) -> str:
        """How the title is read, in katakana, which sorts as a Japanese list does."""
        return _reading_of(self.commitment.title.text)

    @cached_property
    def summary_reading(self) -> str:
        """How the summary is read, "" where there is none."""
        return _reading_of(self.commitment.summary.text)

    @cached_property
    def unit_reading(self) -> str:
        """How the unit's name is read, "" where there is none."""
        return _reading_of(self.commitment.unit.text)

    @cached_property
    def terms(self) -> frozenset[str]:
        """The content words of everything that the record says."""
        return frozenset(terms(self.words))


def _reading_of(text: str) -> str:
    """Return how a text is read; marks are left out, so that 「書かない窓口」 stands among か.

    >>> _reading_of("「書かない窓口」の導入")
    'カカナイマドグチノドウニュウ'
    """
    words = (word for word in tokenize(text, units="C") if any(map(str.isalnum, word.surface)))
    return "".join(word.reading or word.surface for word in words)


_reading = Lock()
_read: WeakKeyDictionary[Index, dict[str, tuple[Record, ...]]] = WeakKeyDictionary()


MOST_TOWNS = 200
"""Municipalities whose measures are gone through at a time: those of the largest prefecture."""


def find_commitments(index: Index, words: str, municipalities: Sequence[str]) -> list[Record]:
    """Return the measures that hold all of ``words`` (every one where it is empty), those with them in the title first.

    Where no municipality is chosen, one that ``words`` names is the one looked at.

    Raises:
        QuestionRefusedError: ``words`` is too long, or the municipalities are more than ``MOST_TOWNS``.
        UnknownMunicipalityError: a name or code that the index does not hold.
    """
    codes = selected_codes(municipalities, index.plans)
    wanted = ""
    if words.strip():
        text = unicodedata.normalize("NFKC", read_question(words))
        named = (code for mention in find_mentions(text, index.plans) for code in mention.codes)
        codes = codes or tuple(dict.fromkeys(named))
        wanted = normalise(without_mentions(text, index.plans)).strip()
    if len(codes or index.codes) > MOST_TOWNS:
        raise QuestionRefusedError(
            "too_many_municipalities",
            f"一度に調べられる取組は、{MOST_TOWNS}の市町村までです。市町村を選んでから、もう一度お試しください。",
        )
    plans = [plan for plan in index.plans if not codes or plan.municipality_code in codes]
    records = [record for plan in plans for record in _records(index, plan)]
    return _matching(records, wanted) if wanted else records


def _matching(records: Sequence[Record], words: str) -> list[Record]:
    wanted = set(terms(words))
    found = [record for record in records if (wanted and wanted <= record.terms) or words in record.words]
    return sorted(found, key=lambda record: not wanted <= record.title_terms)


def _records(index: Index, plan: Plan) -> tuple[Record, ...]:
    with _reading:
        known = _read.setdefault(index, {})
        if plan.plan_id not in known:
            chunks, text = index.chunks(plan.plan_id), index.text(plan.plan_id)
            known[plan.plan_id] = tuple(Record(plan, found) for found in commitments(plan, chunks, text))
        return known[plan.plan_id]
