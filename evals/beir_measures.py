"""How good rankings are, by the measures of ``ir_measures`` (source: trec_eval), with the interval of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evals.beir import Retrieved
from evals.beir_read import BeirSet
from evals.score import CONFIDENCE, RESAMPLES, SEED

MEASURES = ("nDCG@10", "R@1", "R@5", "R@10", "R@100", "RR@10")  # as ir_measures writes them
NAMES = ("nDCG@10", "Recall@1", "Recall@5", "Recall@10", "Recall@100", "MRR@10")  # as people know them


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure's mean over all queries, 0 to 1, and the 95 % interval of that mean (percentile bootstrap over queries)."""

    name: str
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class BeirReport:
    """What retrieval did with a test set. ``search_seconds`` is the time of all queries, one after the other."""

    documents: int
    queries: int
    measures: tuple[Measured, ...]
    build_seconds: float
    search_seconds: float

    @property
    def queries_per_second(self) -> float:
        """How many queries are answered in a second."""
        return self.queries / self.search_seconds


def report(beir: BeirSet, found: Retrieved, build_seconds: float) -> BeirReport:
    """Return the report of the rankings that were found after a build of so many seconds."""
    measures = measure(beir.qrels, found.rankings)
    return BeirReport(len(beir.documents), len(beir.queries), measures, build_seconds, found.seconds)


def measure(qrels: Mapping[str, Mapping[str, int]], rankings: Mapping[str, Sequence[str]]) -> tuple[Measured, ...]:
    """Return every measure over the queries of ``qrels``; a query without a ranking, or with an empty one, counts as 0.

    >>> measure({"q": {"d": 1}}, {"q": ["x", "d"]})[-1]
    Measured(name='MRR@10', value=0.5, low=0.5, high=0.5)
    """
    scores = per_query(qrels, rankings)
    low, high = _intervals(scores)
    means = scores.mean(axis=1)
    return tuple(Measured(name, float(means[at]), float(low[at]), float(high[at])) for at, name in enumerate(NAMES))


def per_query(qrels: Mapping[str, Mapping[str, int]], rankings: Mapping[str, Sequence[str]]) -> NDArray[np.float64]:
    """Return the measures of every query, shape (measures, queries), in the order of ``MEASURES`` and ``qrels``."""
    import ir_measures

    # The first of a ranking scores highest; equal scores would be put in the order of their ids.
    run = {query: {name: float(-at) for at, name in enumerate(names)} for query, names in rankings.items() if names}
    measures = [ir_measures.parse_measure(name) for name in MEASURES]
    row = {measure: at for at, measure in enumerate(measures)}
    column = {query: at for at, query in enumerate(qrels)}
    scores = np.zeros((len(measures), len(qrels)))
    for metric in ir_measures.iter_calc(measures, qrels, run) if run else ():
        scores[row[metric.measure], column[metric.query_id]] = metric.value
    return scores


def _intervals(scores: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the lower and the upper end of every measure's interval; the queries are drawn with replacement."""
    rng = np.random.default_rng(SEED)
    queries = scores.shape[1]
    means = np.stack([scores[:, rng.integers(0, queries, queries)].mean(axis=1) for _ in range(RESAMPLES)])
    tail = 100 * (1 - CONFIDENCE) / 2
    low, high = np.percentile(means, [tail, 100 - tail], axis=0)
    return low, high
