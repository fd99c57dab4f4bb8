"""A run in figures: its scores, its slices, its failures and its times. Every form of the report is made of this."""

from __future__ import annotations

from dataclasses import dataclass

from evals.metrics import METRICS
from evals.report.latency import Latency, latency
from evals.report.result import Result, results_of
from evals.report.slices import DIMENSIONS, Slice, cut
from evals.run import Run, RunInfo, is_sealed
from evals.score import Score, score


@dataclass(frozen=True, slots=True)
class Report:
    """What a run found. ``scores`` has every metric over all questions, ``slices`` the main ones by dimension.

    Sealed sets count in every figure, and none of their questions is in ``listed`` or ``failures``: whatever shows a single
    question takes it from there.
    """

    info: RunInfo
    scores: tuple[Score, ...]
    slices: tuple[Slice, ...]
    latency: Latency
    results: tuple[Result, ...]

    @property
    def listed(self) -> tuple[Result, ...]:
        """The questions that may be shown one by one, in the order of the run."""
        return tuple(result for result in self.results if not is_sealed(result.set_name))

    @property
    def failures(self) -> tuple[Result, ...]:
        """Those of them that went wrong in any way."""
        return tuple(result for result in self.listed if result.failed)

    @property
    def errors(self) -> int:
        """How many questions got no reply."""
        return sum(result.outcome is None for result in self.results)

    def score(self, metric: str) -> Score:
        """Return a metric over all questions."""
        return next(score for score in self.scores if score.metric == metric)


def summarise(run: Run) -> Report:
    """Return the report of a run."""
    results = results_of(run)
    return Report(
        info=run.info,
        scores=tuple(score(metric, run.outcomes) for metric in METRICS),
        slices=tuple(part for dimension in DIMENSIONS for part in cut(dimension, results)),
        latency=latency(run.outcomes),
        results=results,
    )
