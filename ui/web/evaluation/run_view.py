"""One run: what it found in sentences, its metrics and its slices. Totals alone, which everybody may see."""

from __future__ import annotations

from evals.report.figures import interval_of, value_of
from evals.report.glance import sentences
from evals.report.metric_groups import metric_groups
from evals.report.slices import DIMENSIONS, Dimension
from evals.report.summary import Report
from ui.web.evaluation.table import shown, table

_SLICE_COLUMNS = (("right", "正答率（95%区間）"), ("wrong_answers", "誤答率"), ("false_refusals", "誤った断り"))


def render_run(name: str, title: str, report: Report) -> str:
    """Return the section of a run: what it found, and its figures."""
    found = "".join(f"<li>{shown(sentence)}</li>" for sentence in sentences(report) if sentence)
    return (
        f'<section aria-labelledby="run-title"><h2 id="run-title" tabindex="-1">評価の結果：{shown(title)}</h2>'
        f'<ul>{found}</ul><p class="office-soft">記録の名前：{shown(name)}</p>{_metrics(report)}{_slices(report)}</section>'
    )


def _metrics(report: Report) -> str:
    rows = [
        (
            shown(metric.label),
            shown(metric.means),
            value_of(score := report.score(metric.name)),
            interval_of(score),
            f"{score.n:,}",
        )
        for _, metrics in metric_groups()
        for metric in metrics
    ]
    measured = table("指標", ("指標", "意味", "値", "95%区間", "質問数"), rows, numbers=(2, 3, 4))
    return f"<details open><summary>指標をすべて見る</summary>{measured}</details>"


def _slices(report: Report) -> str:
    return "".join(_slice(report, dimension) for dimension in DIMENSIONS)


def _slice(report: Report, dimension: Dimension) -> str:
    parts = [part for part in report.slices if part.dimension == dimension.name]
    if len(parts) < 2:
        return ""
    rows = []
    for part in parts:
        right, *others = (part.score(metric) for metric, _ in _SLICE_COLUMNS)
        first = f"{value_of(right)}（{interval_of(right)}）" if right.n else value_of(right)
        rows.append((shown(part.label), f"{part.questions:,}", first, *map(value_of, others)))
    columns = (dimension.label, "質問数", *(label for _, label in _SLICE_COLUMNS))
    cut = table(f"{dimension.label}ごとの結果", columns, rows, numbers=(1, 2, 3, 4))
    return f"<details><summary>{shown(dimension.label)}ごとに見る</summary>{cut}</details>"
