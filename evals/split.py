"""Whether two question sets are apart: no passage, and no question, may be in both.

What is tuned on one set is proved on the other only when nothing of the second was seen. Two questions share a passage when
their evidence touches the same sentence of a plan, however each of them words its quote. Questions without evidence are held
apart by their own words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from evals.case import Case
from evals.corpus import Corpus
from evals.same_text import folded

NEAR = 0.7  # share of two questions' character pairs from which they ask the same (Jaccard)


@dataclass(frozen=True, slots=True)
class Leak:
    """Two cases of different sets that share something: the plan's sentence, or the question itself."""

    first: Case
    second: Case
    shared: str


def leaks(first: Iterable[Case], second: Iterable[Case], corpus: Corpus) -> list[Leak]:
    """Return what two sets share; nothing when they are apart."""
    first = tuple(first)
    owners = {sentence: case for case in first for sentence in sentences(case, corpus)}
    pairs = [(case, _pairs(case)) for case in first]
    found = []
    for case in second:
        if shared := next((s for s in sorted(sentences(case, corpus)) if s in owners), None):
            plan, start = shared
            text = corpus.texts[plan][start : start + 40].split("\n")[0]
            found.append(Leak(owners[shared], case, f"{plan}: {text}"))
        elif near := next((other for other, pairs_ in pairs if _likeness(pairs_, _pairs(case)) >= NEAR), None):
            found.append(Leak(near, case, case.question))
    return found


def sentences(case: Case, corpus: Corpus) -> frozenset[tuple[str, int]]:
    """Return the sentences of the plans that a case's evidence touches."""
    return frozenset(sentence for passage in case.evidence for sentence in corpus.sentences(passage))


def _pairs(case: Case) -> frozenset[str]:
    """Return a question's character pairs, with what it was asked of and after: a short follow-up is not like another's."""
    text = folded(f"{''.join(sorted(case.municipalities))}{case.question}{''.join(t.content for t in case.history)}")
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))


def _likeness(first: frozenset[str], second: frozenset[str]) -> float:
    return len(first & second) / len(first | second) if first | second else 0.0
