"""How runs and comparisons look on a terminal, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ui.cli.text import plain

if TYPE_CHECKING:
    from pydantic import JsonValue

    from evals.compare import Comparison, Difference, Pair
    from evals.metrics import Metric
    from evals.outcome import Outcome
    from evals.run import Run
    from evals.score import Score


def run_text(run: Run, path: Path) -> str:
    """Return a run's scores, a block for each question set, and where its record is."""
    blocks = [
        "\n".join(
            [f"【{name}】 {len(outcomes)}問" + (f"、応答なし {failed}問" if failed else ""), *_score_lines(outcomes)]
        )
        for name, outcomes, failed in _by_set(run)
    ]
    return "\n\n".join([*blocks, f"記録: {path}"])


def run_json(run: Run, path: Path) -> dict[str, JsonValue]:
    """Return the same for programs."""
    from evals.metrics import METRICS
    from evals.score import score

    sets: dict[str, JsonValue] = {
        name: {
            "questions": len(outcomes) + failed,
            "errors": failed,
            "metrics": {metric.name: _score_json(score(metric, outcomes)) for metric in METRICS},
        }
        for name, outcomes, failed in _by_set(run)
    }
    return {"run": run.info.run_id, "folder": str(path), "results": run.info.results, "sets": sets}


def comparison_text(comparison: Comparison) -> str:
    """Return what changed from one run to another, metric by metric and question by question."""
    from evals.compare import Change
    from evals.run import is_sealed

    lines = [
        f"A: {comparison.first.run_id}（{comparison.first.revision or '版は不明'}）",
        f"B: {comparison.second.run_id}（{comparison.second.revision or '版は不明'}）",
        f"共通する質問 {comparison.shared}問"
        + (f"、比べられない質問 {len(comparison.unshared)}問" if comparison.unshared else ""),
        "",
        *map(_difference_line, comparison.differences),
    ]
    for change, heading in ((Change.WORSE, "悪くなった"), (Change.BETTER, "良くなった"), (Change.OTHER, "変わった")):
        pairs = [pair for pair in comparison.pairs if pair.change is change]
        lines += [
            "",
            f"【{heading}】 {len(pairs)}問",
            *(line for pair in pairs if not is_sealed(pair.second.set_name) for line in _pair_lines(pair)),
        ]
    return plain("\n".join(lines))


def number(metric: Metric, value: float) -> str:
    """Return a metric's value in its unit, as wide as every other."""
    from evals.metrics import Unit

    if metric.unit is Unit.SHARE:
        return f"{100 * value:6.1f}%"
    return f"{value:6.1f}字" if metric.unit is Unit.CHARACTERS else f"{1000 * value:6.1f}ms"


def _by_set(run: Run) -> Iterator[tuple[str, list[Outcome], int]]:
    for question_set in run.info.sets:
        outcomes = [outcome for outcome in run.outcomes if outcome.set_name == question_set.name]
        yield question_set.name, outcomes, sum(failure.set_name == question_set.name for failure in run.failures)


def _score_lines(outcomes: Sequence[Outcome]) -> Iterator[str]:
    from evals.metrics import METRICS
    from evals.score import score

    for metric in METRICS:
        measured = score(metric, outcomes)
        if measured.n:
            interval = f"[{number(metric, measured.low)} ～{number(metric, measured.high)}]"
            yield f"  {metric.name:21}{number(metric, measured.value)} {interval} n={measured.n:<5}{metric.label}"


def _score_json(score: Score) -> JsonValue:
    return {"value": score.value, "low": score.low, "high": score.high, "n": score.n}


def _difference_line(difference: Difference) -> str:
    from evals.metrics import BY_NAME

    metric = BY_NAME[difference.metric]
    interval = f"[{number(metric, difference.low)} ～{number(metric, difference.high)}]"
    mark = "＊" if difference.significant else "　"
    values = f"{number(metric, difference.first.value)} →{number(metric, difference.second.value)}"
    return f"{mark} {metric.name:21}{values}  差{number(metric, difference.value)} {interval} p={difference.p:.3f}  {metric.label}"


def _pair_lines(pair: Pair) -> Iterator[str]:
    case = pair.second.case
    yield f"- {case.id}（{case.type}）{case.question[:80]}".replace("\n", " ")
    for name, outcome in (("A", pair.first), ("B", pair.second)):
        yield f"    {name}: {outcome.answer.answer[:120]}".replace("\n", " ")
