"""Answer or abstain: how sure the evidence of one municipality makes us, from several signals."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.cells_asked import names_cell
from assistant.definitions import TOPIC_NOUN, defines
from assistant.evidence import Evidence, word_weights
from assistant.fit import names_heading
from assistant.places import place_words, years_stated
from assistant.reading import Reader
from assistant.understand import Understanding
from assistant.wording import FACTS, Wanted
from ingest.document import Chunk

# Logistic weights over the signals below, fitted by ``scripts/fit_decision.py`` (see docs/assistant.md and evals/LOG.md).
BIAS = -4.42
WEIGHTS = {
    "covered": 0.81,
    "kind": 1.13,
    "retrieval": 7.51,
    "missing": -1.07,
    "hole": 1.40,
    "definition": 1.09,
    "cell": 0.56,
    "heading": -0.42,
    "years": -4.65,
    "other_years": 0.67,
    "unquoted": -3.59,
    "margin": 1.54,
    "better": -1.51,
    "near": 5.45,
    "nouns": 0.86,
    "missing_nouns": -1.74,
    "score": 1.32,
    "near_all": -1.61,
    "words": 6.56,
    "topics": -5.09,
    "unsaid": -1.75,
}
ANSWER_FROM = 0.5  # probability from which a named municipality is answered for
ANSWER_BESIDE_FROM = (
    0.3  # the same beside a named municipality that is answered for: the question is one that plans answer
)
ANSWER_UNNAMED_FROM = 0.6  # the same when no municipality was named: an answer for each needs more


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for an answer and against it; all in [0, 1]."""

    covered: float  # share of the question's weighted words in the best piece
    kind: float  # share of the wanted kinds that the best piece holds
    retrieval: float  # the best piece's retrieval score
    missing: float  # share of the weighted words that the municipality's plans hold nowhere
    hole: float  # weight share of the one word that the best piece covers least
    definition: float  # a glossary entry for the very word
    cell: float  # the question names a row and a column of a table of figures
    heading: float  # the question names the heading of the best piece
    years: float  # share of the question's years that the best piece and its headings do not state
    other_years: float  # share of the question's years of which the municipality's plans speak nowhere
    unquoted: float  # share of what the question puts in 「」 that the municipality's plans hold nowhere
    margin: float  # how far the best piece leads the next one of another passage
    better: float  # how much more of the question another piece covers, which lacks what is wanted
    near: float  # how near the best piece is in meaning
    nouns: float  # share of the question's topic nouns that the best piece covers
    missing_nouns: float  # share of them that the municipality's plans hold nowhere
    score: float  # of the best piece among the others, a third of it
    near_all: float  # how near all pieces found are in meaning: many near ones say less than one
    words: float  # how many words the question has, 20 being 1: of a long question no piece covers much
    topics: float  # how many topic nouns it has, 10 being 1
    unsaid: float  # the same of its topic nouns alone, where a figure, a time or a post is asked for

    def probability(self) -> float:
        """Return how probable it is that the evidence answers the question."""
        z = BIAS + sum(weight * getattr(self, name) for name, weight in WEIGHTS.items())
        return 1 / (1 + math.exp(-z))


def signals(asked: Understanding, found: Sequence[Evidence], chunks: Sequence[Chunk], reader: Reader) -> Signals:
    """Return the signals of one municipality's evidence (best first, not empty); ``chunks`` are those of the plans it is from."""
    best = found[0]
    plans = tuple(dict.fromkeys(chunk.plan_id for chunk in chunks))
    weights = word_weights(asked.words, plans, reader)
    own = [
        (word, float(w), float(c))
        for word, w, c in zip(asked.words, weights, best.each, strict=True)
        if not word.from_history
    ]
    total = sum(w for _, w, _ in own) or 1.0
    cell = names_cell(asked, chunks)
    nouns = [(word, w, c) for word, w, c in own if word.weight >= TOPIC_NOUN]
    noun_weight = sum(w for _, w, _ in nouns) or 1.0
    second = next((e for e in found if e.chunk is not best.chunk), None)
    return Signals(
        covered=best.covered,
        kind=best.kind,
        retrieval=best.retrieval,
        missing=sum(w for word, w, _ in own if not reader.known(plans, word.term)) / total,
        hole=max((w * (1 - c) for _, w, c in own), default=0.0) / total,
        definition=max(defines(asked, e.chunk) for e in found[:5]),
        cell=float(cell),
        heading=names_heading(asked, best.chunk),
        years=_years_missing(asked, best),
        other_years=share(not reader.states_year(plans, year.year) for year in asked.years),
        unquoted=share(not reader.says(plans, words) for words in asked.quoted),
        margin=best.score - second.score if second else 1.0,
        better=max(e.covered for e in found) - best.covered,
        near=best.near,
        nouns=sum(w * c for _, w, c in nouns) / noun_weight,
        missing_nouns=sum(w for word, w, _ in nouns if not reader.known(plans, word.term)) / noun_weight,
        score=best.score / 3,
        near_all=sum(e.near for e in found) / len(found),
        words=min(len(own) / 20, 1.0),
        topics=min(len(nouns) / 10, 1.0),
        unsaid=max((w * (1 - c) for _, w, c in nouns), default=0.0) / noun_weight
        if asked.wanted & FACTS and not cell
        else 0.0,
    )


def share(flags: Iterable[bool]) -> float:
    """Return the share of flags that are set; 0 when there is none.

    >>> share([True, False]), share([])
    (0.5, 0.0)
    """
    each = list(flags)
    return sum(each) / max(len(each), 1)


def _years_missing(asked: Understanding, best: Evidence) -> float:
    """Return the share of the question's years that the best piece does not state; a list question asks for all years."""
    if not asked.years or Wanted.WHICH_TOWN in asked.wanted:
        return 0.0
    return 1 - years_stated(asked, place_words(best.chunk, best.unit))
