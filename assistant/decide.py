"""Answer or abstain: how sure the evidence of one municipality makes us, from several signals."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.evidence import Evidence, defines, word_weights
from assistant.reading import Reader
from assistant.understand import Understanding
from assistant.wording import Wanted

# Logistic weights over the signals below, fitted on the development questions (see evals/LOG.md).
BIAS = -4.0
WEIGHTS = {"covered": 7.0, "kind": 1.0, "retrieval": 2.0, "missing": -4.0, "definition": 2.0, "years": -2.5, "words": 0.0}
ANSWER_FROM = 0.5  # probability from which a named municipality is answered for
ANSWER_UNNAMED_FROM = 0.6  # the same when no municipality was named: an answer for each needs more


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for an answer and against it; all in [0, 1] except ``words`` (a count, capped at 5)."""

    covered: float  # share of the question's weighted words in the best piece
    kind: float  # share of the wanted kinds that the best piece holds
    retrieval: float  # the best piece's retrieval score
    missing: float  # share of the weighted words that the municipality's plans hold nowhere
    definition: float  # a glossary entry for the very word
    years: float  # share of the question's years that the best piece and its headings do not state
    words: float

    def probability(self) -> float:
        """Return how probable it is that the evidence answers the question."""
        z = BIAS + sum(weight * getattr(self, name) for name, weight in WEIGHTS.items())
        return 1 / (1 + math.exp(-z))


def signals(asked: Understanding, found: Sequence[Evidence], reader: Reader) -> Signals:
    """Return the signals of one municipality's evidence (best first, not empty)."""
    best = found[0]
    code = best.chunk.municipality_code
    weights = word_weights(asked.words, code, reader)
    own = [(w, weight) for w, weight in zip(asked.words, weights, strict=True) if not w.from_history]
    total = sum(weight for _, weight in own) or 1.0
    missing = sum(weight for word, weight in own if not reader.known(code, word.term)) / total
    return Signals(
        covered=best.covered,
        kind=best.kind,
        retrieval=best.retrieval,
        missing=missing,
        definition=max(defines(asked, e.chunk) for e in found[:5]),
        years=_years_missing(asked, best),
        words=min(sum(w.weight >= 1 for w in asked.words), 5) / 5,
    )


def _years_missing(asked: Understanding, best: Evidence) -> float:
    """Return the share of the question's years that the best piece does not state; a list question asks for all years."""
    if not asked.years or Wanted.WHICH_TOWN in asked.wanted:
        return 0.0
    place = " ".join([best.unit.search_text, best.chunk.search_text, *best.chunk.heading_path])
    return sum(str(year.year) not in place for year in asked.years) / len(asked.years)
