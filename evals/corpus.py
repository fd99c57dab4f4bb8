"""The plans that answers are held against: their texts, by the plan id that questions and citations use."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from evals.case import Evidence
from index.index import Index
from ingest.document import Span

_SENTENCE_END = re.compile(r"[。\n]|\Z")


@dataclass(frozen=True, slots=True)
class Corpus:
    """Texts and municipalities' names by plan id."""

    texts: Mapping[str, str]
    municipalities: Mapping[str, str]

    @classmethod
    def of(cls, index: Index) -> Corpus:
        """Return the corpus that an index holds."""
        return cls(
            {plan.plan_id: index.text(plan.plan_id) for plan in index.plans},
            {plan.plan_id: plan.municipality for plan in index.plans},
        )

    def places(self, evidence: Evidence) -> list[Span]:
        """Return everywhere a passage's quote stands in its plan; nowhere for a plan that is not here.

        >>> Corpus({"p": "計画の期間。期間"}, {"p": "A町"}).places(Evidence("p", "期間"))
        [Span(start=3, end=5), Span(start=6, end=8)]
        """
        text, found = self.texts.get(evidence.plan, ""), []
        at = text.find(evidence.quote)
        while at >= 0:
            found.append(Span(at, at + len(evidence.quote)))
            at = text.find(evidence.quote, at + 1)
        return found

    def sentences(self, evidence: Evidence) -> frozenset[tuple[str, int]]:
        """Return the sentences that a passage touches, each as its plan and the offset at which it begins.

        A sentence ends with 「。」 or with its line. Where the quote stands several times, all of them count.

        >>> corpus = Corpus({"p": "期間は5年。毎年見直す。\\n以上"}, {"p": "A町"})
        >>> corpus.sentences(Evidence("p", "毎年"))
        frozenset({('p', 6)})
        """
        found = set()
        for place in self.places(evidence):
            for start, end in _sentences(self.texts[evidence.plan]):
                if start < place.end and place.start < end:
                    found.add((evidence.plan, start))
        return frozenset(found)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _SENTENCE_END.finditer(text):
        if match.end() > start:
            yield start, match.end()
        start = match.end()
