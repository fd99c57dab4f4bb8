"""A metric over many outcomes: its value and the interval that 95 times in 100 holds the true one.

The interval is Wilson's for a share of questions (source: ``scipy.stats``), also where nothing or everything counted was so, and
a percentile bootstrap for everything else.
Questions that a generator made from the same one stand or fall together, so then whole families are drawn, never single
questions: counting variants as if they were independent would make any interval look narrow.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evals.metrics import Metric, Unit
from evals.outcome import Outcome

CONFIDENCE = 0.95
RESAMPLES = 2_000
SEED = 20_250_401  # of every resampling, recorded with each run


@dataclass(frozen=True, slots=True)
class Score:
    """A metric's value over ``n`` questions with its 95 % interval. Without a question, all three are 0 and ``n`` is 0."""

    metric: str
    value: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class Ratio:
    """A metric's parts, one of each a question: the value is ``sum(tops) / sum(bottoms)``; families are drawn as a whole."""

    tops: NDArray[np.float64]
    bottoms: NDArray[np.float64]
    families: NDArray[np.int64]

    @classmethod
    def of(cls, metric: Metric, outcomes: Sequence[Outcome]) -> Ratio:
        """Return the parts of a metric; a question that it does not count has zeros."""
        counted = [metric.counts(outcome) for outcome in outcomes]
        pairs = zip(outcomes, counted, strict=True)
        tops = [metric.value(outcome) if counts else 0.0 for outcome, counts in pairs]
        pairs = zip(outcomes, counted, strict=True)
        bottoms = [metric.weight(outcome) if counts else 0.0 for outcome, counts in pairs]
        names = [outcome.case.origin or outcome.case.id for outcome in outcomes]
        numbers = {name: number for number, name in enumerate(dict.fromkeys(names))}
        return cls(np.array(tops), np.array(bottoms), np.array([numbers[name] for name in names], dtype=np.int64))


def score(metric: Metric, outcomes: Sequence[Outcome]) -> Score:
    """Return a metric over the outcomes that it counts."""
    counted = [outcome for outcome in outcomes if metric.counts(outcome) and metric.weight(outcome) > 0]
    if not counted:
        return Score(metric.name, 0.0, 0.0, 0.0, 0)
    ratio = Ratio.of(metric, counted)
    value = float(_value(metric, ratio.tops[None], ratio.bottoms[None])[0])
    low, high = _interval(metric, ratio)
    return Score(metric.name, value, min(low, value), max(high, value), len(counted))


def _interval(metric: Metric, ratio: Ratio) -> tuple[float, float]:
    families = len(np.unique(ratio.families))
    single = families == len(ratio.families)
    if metric.unit is Unit.SHARE and (ratio.tops == ratio.bottoms).all():
        return _wilson(families, families)  # drawing again could never show a fault that has not happened yet
    if metric.unit is Unit.SHARE and not ratio.tops.any():
        return _wilson(0, families)
    if single and metric.quantile is None and set(np.unique(ratio.tops)) <= {0.0, 1.0} and (ratio.bottoms == 1).all():
        return _wilson(int(ratio.tops.sum()), families)
    values = _drawn_values(metric, ratio, families)
    tail = 100 * (1 - CONFIDENCE) / 2
    low, high = np.percentile(values, [tail, 100 - tail])
    return float(low), float(high)


def _wilson(found: int, n: int) -> tuple[float, float]:
    from scipy.stats import binomtest

    interval = binomtest(found, n).proportion_ci(CONFIDENCE, method="wilson")
    return float(interval.low), float(interval.high)


def _drawn_values(metric: Metric, ratio: Ratio, families: int) -> NDArray[np.float64]:
    """Return the metric's value for every draw, with replacement, of as many families as there are."""
    rng = np.random.default_rng([SEED, zlib.crc32(metric.name.encode())])
    picks = rng.integers(0, families, (RESAMPLES, families))
    if metric.quantile is None:  # what a family brings to a sum is itself a sum
        tops, bottoms = (np.bincount(ratio.families, part).astype(np.float64) for part in (ratio.tops, ratio.bottoms))
        return _value(metric, tops[picks], bottoms[picks])
    members = [ratio.tops[ratio.families == family] for family in range(families)]
    return np.array([np.quantile(np.concatenate([members[at] for at in pick]), metric.quantile) for pick in picks])


def _value(metric: Metric, tops: NDArray[np.float64], bottoms: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the metric's value for every row of drawn questions."""
    if metric.quantile is not None:
        return np.asarray(np.quantile(tops, metric.quantile, axis=-1), dtype=np.float64)
    return np.asarray(tops.sum(-1) / bottoms.sum(-1), dtype=np.float64)
