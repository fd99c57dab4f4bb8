"""Retrieval hits -> the pieces of plan that may answer, best first, each with the signals that speak for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.coverage import QUOTED_HELD, TOPIC_HELD
from assistant.definitions import is_topic_noun
from assistant.fit import Fit, fit_chunk, names_asked
from assistant.lacking import is_lacking
from assistant.own_times import is_own_date
from assistant.reading import Reader
from assistant.signals import signals_of
from assistant.topic_words import ASKING_WEIGHT
from assistant.understand import Understanding
from assistant.weighted_words import TopicWord
from index.query import Hit
from ingest.document import Chunk, Unit

# What each signal of a piece counts for its place among the others, chosen by hand on the development questions; a fit found
# nothing better (see evals/LOG.md). The signals are those of ``assistant.signals``, most in [0, 1].
WEIGHTS = {
    "covered": 1.0,  # share of the question's weighted words
    "lexical": 1.0,  # of the whole chunk, see index.retrieve
    "dense": 0.4,
    "near": 0.5,  # how near the piece itself is in meaning
    "reranked": 1.0,  # a reranker's score, where one is configured; not fitted, for none comes with the project
    "kind": 0.15,  # share of the wanted kinds of answer that it holds
    "lacking": -0.3,  # 「何人」 is asked and no number of people is there
    "defines": 0.6,  # a glossary entry of the very word that a definition is asked of
    "opens": 0.25,  # a sentence that begins 「SDGs（…）は」 when SDGs is what a definition is asked of
    "heading": 0.4,  # the question names the heading: as a whole 1, among other things half
    "first": 0.25,  # the same for what comes first under that heading, where not a list is asked for
    "several": 0.2,  # covered, for a list, table or outline where several things are asked for
    "enumerates": 0.2,  # covered, for a sentence that names things one after the other, where several are asked for
    "everything": 0.2,  # the same again where all of them are
    "as_many": 0.45,  # it has just as many items as the question says
    "depth": 0.03,  # headings above an outline: the narrower section is meant
    "outline": -0.4,  # headings alone answer nothing but a question for a list
    "title": -0.15,  # a title says that something is, not what
    "years": 0.3,  # the piece states the year asked for (and the month)
    "caption": -0.3,  # 「図:推進体制」 names a picture that the text does not hold
    "entry": -0.2,  # a glossary tells of words, not of what the municipality does
    "own_period": 0.25,  # the plan's own period, for a question that names no other topic
    "stated_period": 0.8,  # where that was read when the plan was ingested, in whatever words it stands there
    "own_date": 0.8,  # the date on a plan's cover, for a question when the plan itself was made or revised
    "contents": 3.0,  # a plan's outermost headings, for a question what the plan is about: no other piece answers that
    "timeline": -0.4,  # arrows under years tell a plan's period worse than the sentence beside them
    "other_plan": -0.2,  # a sentence about the period or date of another plan, which the question does not name
    "told": -0.8,  # what the answer before has told already, for a question that names a topic of its own
    "phrase": 0.2,  # words that the question quotes in 「」 stand in the piece or its headings as they are
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quotable piece and what speaks for it.

    ``covered`` is the share of the question's weighted words it covers; ``each`` that of each word;
    ``kind`` the share of the wanted kinds it holds; ``near`` its nearness in meaning;
    ``lacking`` says that it has no figure, time, post or row of the sort that is asked for in so many words; ``signals``
    is what ``score`` adds up, by the names of ``WEIGHTS``.
    """

    chunk: Chunk
    unit: Unit
    score: float
    covered: float
    each: NDArray[np.float64]
    kind: float
    retrieval: float
    near: float
    lacking: bool
    signals: dict[str, float]


def gather(asked: Understanding, hits: Sequence[Hit], plans: Sequence[str], reader: Reader) -> list[Evidence]:
    """Return the pieces of those hits that some plans of one municipality (ids) gave, best first."""
    if not hits:
        return []
    weights = word_weights(asked.words, plans, reader)
    names = names_asked(asked, plans, reader)
    found: list[Evidence] = []
    for hit in (hit for hit in hits if hit.chunk.plan_id in plans):
        coverage = reader.coverage(hit.chunk, asked.words)
        fit = fit_chunk(asked, hit.chunk, names, reader)
        for unit, each, near in zip(hit.chunk.units, coverage, hit.units, strict=True):
            found.append(_weigh(asked, hit, fit, unit, each, weights, float(near)))
    # a piece that lacks what is asked for in so many words answers nothing, however near it comes
    return sorted(found, key=lambda evidence: (evidence.lacking, -evidence.score))


def _weigh(
    asked: Understanding,
    hit: Hit,
    fit: Fit,
    unit: Unit,
    each: NDArray[np.float64],
    weights: NDArray[np.float64],
    near: float,
) -> Evidence:
    covered = float(each @ weights / weights.sum()) if weights.sum() > 0 else 0.0
    own_date = float(is_own_date(unit, fit.own_dates))
    lacking = is_lacking(asked, hit.chunk, fit, unit, each, covered)
    signals = signals_of(asked, hit, fit, unit, covered) | {
        "near": near,
        "lacking": float(lacking),
        "own_date": own_date,
    }
    score = sum(WEIGHTS[name] * value for name, value in signals.items())
    kind = 0.0 if lacking else signals["kind"]
    return Evidence(hit.chunk, unit, score, covered, each, kind, hit.score, near, lacking, signals)


def word_weights(words: Sequence[TopicWord], plans: Sequence[str], reader: Reader) -> NDArray[np.float64]:
    """Return how much each word of the question counts in some plans (ids): its own weight times its rarity there."""
    return np.array([word.weight * reader.rarity(plans, word.term) for word in words])


def holds_quoted(asked: Understanding, evidence: Evidence) -> bool:
    """Return whether a piece holds every word that the question quotes in 「」, in whatever form."""
    quoted = " ".join(asked.quoted)
    words = [(w, float(each)) for w, each in zip(asked.words, evidence.each, strict=True) if w.surface in quoted]
    return all(each >= QUOTED_HELD for word, each in words if word.weight > ASKING_WEIGHT)


def holds_topic(asked: Understanding, evidence: Evidence) -> bool:
    """Return whether a piece speaks, in whatever words, of everything that the question names."""
    return all(each >= TOPIC_HELD for word, each in zip(asked.words, evidence.each, strict=True) if is_topic_noun(word))
