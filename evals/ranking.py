"""How early the search finds the evidence, with the measures of ``ir_measures`` (source: trec_eval)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evals.case import Case
from evals.corpus import Corpus
from evals.subject import Passage
from ingest.document import Span

DEPTH = 10
ENOUGH = 0.6  # of a quote that a passage must hold to have found it


@dataclass(frozen=True, slots=True)
class Ranking:
    """One question's measures, each 0 to 1."""

    recall_1: float
    recall_5: float
    recall_10: float
    mrr_10: float
    ndcg_10: float


def rank(case: Case, found: Sequence[Passage], corpus: Corpus) -> Ranking:
    """Return the measures of one ranking for a case that has evidence.

    Where any passage of the key suffices they count as one document, else each is a document of its own. Evidence that a
    passage shows again, further down, counts once.

    >>> from evals.case import Evidence
    >>> case = Case("a", "期間は?", "staff", "fact", (), (), (), (Evidence("p", "5年間"),), False, (("5年",),), (), False)
    >>> corpus = Corpus({"p": "町の計画です。期間は5年間です。"}, {"p": "A町"})
    >>> rank(case, [Passage("p", Span(0, 7)), Passage("p", Span(7, 16))], corpus)
    Ranking(recall_1=0.0, recall_5=1.0, recall_10=1.0, mrr_10=0.5, ndcg_10=0.6309297535714575)
    """
    import ir_measures
    from ir_measures import RR, R, nDCG

    wanted = {f"e{at if case.all_evidence else 0}" for at in range(len(case.evidence))}
    names = _names(case, found[:DEPTH], corpus)
    run = {"q": {name: float(-at) for at, name in enumerate(names)} or {"none": 0.0}}
    qrels = {"q": dict.fromkeys(wanted, 1)}
    measures = (R @ 1, R @ 5, R @ 10, RR @ 10, nDCG @ 10)
    values = {metric.measure: float(metric.value) for metric in ir_measures.iter_calc(measures, qrels, run)}
    return Ranking(*(values[measure] for measure in measures))


def _names(case: Case, found: Sequence[Passage], corpus: Corpus) -> list[str]:
    """Return the documents of a ranking: a passage shows evidence (its first unseen piece), or nothing that was asked for.

    A passage that shows several pieces stands for all of them, one after the other.
    """
    names: list[str] = []
    for at, passage in enumerate(found):
        shows = [
            f"e{number if case.all_evidence else 0}"
            for number, evidence in enumerate(case.evidence)
            if evidence.plan == passage.plan_id and any(_holds(passage.span, p) for p in corpus.places(evidence))
        ]
        names += [name for name in dict.fromkeys(shows) if name not in names] or [f"x{at}"]
    return names


def _holds(span: Span, place: Span) -> bool:
    return min(span.end, place.end) - max(span.start, place.start) >= ENOUGH * (place.end - place.start)
