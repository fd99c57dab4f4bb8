"""Two runs of the same questions: what changed, and whether chance explains it.

Both tests are paired: each question is its own control. The permutation test asks how often exchanging the two answers of
questions at random would give a difference as large (two-sided), the bootstrap how large the difference may truly be. Variants
of one question are exchanged and drawn together, as in ``evals.score``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from evals.metrics import METRICS, Better, Metric
from evals.outcome import Outcome
from evals.run import Run, RunInfo
from evals.score import CONFIDENCE, SEED, Ratio, Score, score

RESAMPLES = 9_999
SIGNIFICANT = 1 - CONFIDENCE


class Change(StrEnum):
    """What became of one question between two runs."""

    BETTER = "better"
    WORSE = "worse"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Difference:
    """A metric in both runs over the questions they share: ``second - first`` with its 95 % interval and p-value."""

    metric: str
    first: Score
    second: Score
    value: float
    low: float
    high: float
    p: float

    @property
    def significant(self) -> bool:
        """Whether chance alone would give such a difference less than once in twenty."""
        return self.p < SIGNIFICANT


@dataclass(frozen=True, slots=True)
class Pair:
    """One question in both runs: better when only the second answer is right, other when the answer changed and not its worth."""

    first: Outcome
    second: Outcome
    change: Change


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs side by side.

    ``unshared`` holds the ids of questions that cannot be compared: asked in one run alone, asked under another key, or failed.
    """

    first: RunInfo
    second: RunInfo
    shared: int
    unshared: tuple[str, ...]
    differences: tuple[Difference, ...]
    pairs: tuple[Pair, ...]


class NothingSharedError(ValueError):
    """Two runs have no question in common. The message is Japanese."""


def compare(first: Run, second: Run) -> Comparison:
    """Return what changed from ``first`` to ``second``; only questions with the same key in both runs count.

    Raises:
        NothingSharedError: there is no such question.
    """
    before = {outcome.case.id: outcome for outcome in first.outcomes}
    pairs = [
        (before[outcome.case.id], outcome)
        for outcome in second.outcomes
        if outcome.case.id in before and before[outcome.case.id].case == outcome.case
    ]
    if not pairs:
        raise NothingSharedError(f"{first.info.run_id} と {second.info.run_id} に共通する質問がありません。")
    shared = {outcome.case.id for _, outcome in pairs}
    asked = [name for run in (first, second) for name in _asked(run)]
    olds, news = [old for old, _ in pairs], [new for _, new in pairs]
    changed = [Pair(old, new, change) for old, new in pairs if (change := _change(old, new)) is not None]
    return Comparison(
        first.info,
        second.info,
        len(pairs),
        tuple(dict.fromkeys(name for name in asked if name not in shared)),
        tuple(difference(metric, olds, news) for metric in METRICS),
        tuple(changed),
    )


def difference(metric: Metric, first: Sequence[Outcome], second: Sequence[Outcome]) -> Difference:
    """Return how a metric differs between two lists of outcomes of the same questions in the same order."""
    old, new = score(metric, first), score(metric, second)
    value = new.value - old.value
    if not old.n or not new.n:
        return Difference(metric.name, old, new, 0.0, 0.0, 0.0, 1.0)
    low, high, p = _tests(metric, Ratio.of(metric, first), Ratio.of(metric, second))
    return Difference(metric.name, old, new, value, min(low, value), max(high, value), p)


def got_worse(metric: Metric, change: Difference) -> bool:
    """Return whether a metric got significantly worse."""
    if metric.better is Better.NEITHER or not change.significant:
        return False
    return change.value < 0 if metric.better is Better.HIGHER else change.value > 0


def _asked(run: Run) -> list[str]:
    return [outcome.case.id for outcome in run.outcomes] + [failure.case.id for failure in run.failures]


def _change(old: Outcome, new: Outcome) -> Change | None:
    if old.verdict.right != new.verdict.right:
        return Change.BETTER if new.verdict.right else Change.WORSE
    return None if _said(old) == _said(new) else Change.OTHER


def _said(outcome: Outcome) -> object:
    answer = outcome.answer
    return answer.answer, answer.reason, [(c.plan_id, c.start, c.end) for c in answer.citations]


def _tests(metric: Metric, first: Ratio, second: Ratio) -> tuple[float, float, float]:
    """Return the interval of the difference, and the p-value of the permutation test (both by ``scipy.stats``).

    A sample is a row of family numbers: those below the number of families stand for the first run's answers, the others for
    the second's. Exchanging or drawing numbers exchanges or draws all that belongs to them, top and bottom of the ratio alike.
    """
    from scipy.stats import bootstrap, permutation_test

    families = int(first.families.max()) + 1
    held = _Held.of(metric, first, second, families)
    rows = (np.arange(families), np.arange(families) + families)
    if families == 1 or held.same():
        return 0.0, 0.0, 1.0
    settings = {"vectorized": True, "n_resamples": RESAMPLES, "batch": 500, "rng": np.random.default_rng(SEED)}
    permuted = permutation_test(rows, held.difference, permutation_type="samples", **settings)
    drawn = bootstrap(rows, held.difference, paired=True, method="percentile", confidence_level=CONFIDENCE, **settings)
    return float(drawn.confidence_interval.low), float(drawn.confidence_interval.high), float(permuted.pvalue)


@dataclass(frozen=True, slots=True)
class _Held:
    """Tops and bottoms of both runs, a family a number; for a quantile, the single values (families are single then)."""

    tops: NDArray[np.float64]
    bottoms: NDArray[np.float64]
    quantile: float | None

    @classmethod
    def of(cls, metric: Metric, first: Ratio, second: Ratio, families: int) -> _Held:
        tops, bottoms = (
            np.concatenate([np.bincount(r.families, getattr(r, part), families) for r in (first, second)]).astype(float)
            for part in ("tops", "bottoms")
        )
        return cls(tops, bottoms, metric.quantile)

    def same(self) -> bool:
        half = len(self.tops) // 2
        return bool((self.tops[:half] == self.tops[half:]).all() and (self.bottoms[:half] == self.bottoms[half:]).all())

    def difference(self, first: NDArray[np.int64], second: NDArray[np.int64], axis: int = -1) -> NDArray[np.float64]:
        return self._value(second, axis) - self._value(first, axis)

    def _value(self, rows: NDArray[np.int64], axis: int) -> NDArray[np.float64]:
        tops, bottoms = self.tops[rows], self.bottoms[rows]
        if self.quantile is not None:
            # a family's value is its mean; what the metric does not count is left out, and a draw without any counts 0
            counted = bottoms > 0
            values = np.where(
                counted | ~counted.any(axis, keepdims=True), tops / np.where(counted, bottoms, 1.0), np.nan
            )
            quantile = np.nanquantile if np.isnan(values).any() else np.quantile  # the first is much slower
            return np.asarray(quantile(values, self.quantile, axis=axis))
        total = bottoms.sum(axis)
        return np.asarray(np.where(total > 0, tops.sum(axis) / np.where(total > 0, total, 1.0), 0.0))
