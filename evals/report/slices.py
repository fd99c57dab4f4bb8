"""A run cut by what its questions are: sets, personas, types, municipalities, tags, written or generated."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from evals.metrics import BY_NAME
from evals.report.names import GENERATED, NO_TOWN, PERSONAS, TYPES, WRITTEN
from evals.report.result import Result
from evals.score import Score, score

SLICE_METRICS = (
    "right",
    "wrong_answers",
    "false_refusals",
    "abstention_recall",
    "fact_recall",
    "citation_recall",
    "citation_exactness",
    "town_leaks",
    "recall_5",
)
"""The metrics of a slice; the others need more questions than a slice has."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """A way to cut a run. ``values`` says into which slices a question falls (none, one or several), ``labels`` names them."""

    name: str
    label: str
    values: Callable[[Result], tuple[str, ...]]
    labels: Mapping[str, str] = field(default_factory=dict)


DIMENSIONS = (
    Dimension("set", "質問集", lambda result: (result.set_name,)),
    Dimension("persona", "利用者", lambda result: (result.case.persona,), PERSONAS),
    Dimension("type", "質問の種類", lambda result: (result.case.type,), TYPES),
    Dimension("town", "自治体", lambda result: tuple(sorted(result.case.municipalities)) or (NO_TOWN,)),
    Dimension("tag", "タグ", lambda result: tuple(dict.fromkeys(result.case.tags))),
    Dimension(
        "origin",
        "作り方",
        lambda result: ("generated" if result.case.origin else "written",),
        {"written": WRITTEN, "generated": GENERATED},
    ),
)


@dataclass(frozen=True, slots=True)
class Slice:
    """The questions of one value of a dimension: how many, how many of them got no reply, and their scores."""

    dimension: str
    name: str
    label: str
    questions: int
    errors: int
    scores: tuple[Score, ...]

    def score(self, metric: str) -> Score:
        """Return the score of one of ``SLICE_METRICS``."""
        return self.scores[SLICE_METRICS.index(metric)]


def cut(dimension: Dimension, results: Sequence[Result]) -> tuple[Slice, ...]:
    """Return a dimension's slices: those with a fixed order in it, the others from the largest to the smallest.

    A question about two municipalities is in the slices of both, so slices may add up to more than the run.
    """
    groups: dict[str, list[Result]] = {}
    for result in results:
        for value in dimension.values(result):
            groups.setdefault(value, []).append(result)
    fixed = {value: place for place, value in enumerate(dimension.labels)}
    if dimension.name == "set":
        fixed = {value: place for place, value in enumerate(groups)}

    def place(value: str) -> tuple[int, bool, int, str]:
        return fixed.get(value, len(fixed)), value == NO_TOWN, -len(groups[value]), value

    return tuple(_slice(dimension, value, groups[value]) for value in sorted(groups, key=place))


def _slice(dimension: Dimension, value: str, results: Sequence[Result]) -> Slice:
    outcomes = [result.outcome for result in results if result.outcome is not None]
    return Slice(
        dimension=dimension.name,
        name=value,
        label=dimension.labels.get(value, value),
        questions=len(results),
        errors=len(results) - len(outcomes),
        scores=tuple(score(BY_NAME[metric], outcomes) for metric in SLICE_METRICS),
    )
