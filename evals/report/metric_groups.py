"""The metrics in the order and under the headings in which a reader looks for them."""

from __future__ import annotations

from evals.metrics import METRICS, Metric

_GROUPS = (
    ("全体", ("right", "wrong_answers", "false_refusals")),
    ("断り", ("abstention_recall", "abstention_precision", "reason_accuracy")),
    ("回答の内容", ("fact_recall", "fact_precision", "too_long")),
    ("引用", ("citation_recall", "citation_precision", "citation_exactness", "town_leaks")),
    ("検索", ("recall_1", "recall_5", "recall_10", "mrr_10", "ndcg_10")),
)
_REST = "長さと時間"


def metric_groups() -> tuple[tuple[str, tuple[Metric, ...]], ...]:
    """Return every metric once, by heading; those without a heading of their own come last.

    >>> [heading for heading, _ in metric_groups()]
    ['全体', '断り', '回答の内容', '引用', '検索', '長さと時間']
    """
    grouped = [(heading, tuple(m for name in names for m in METRICS if m.name == name)) for heading, names in _GROUPS]
    placed = {metric.name for _, metrics in grouped for metric in metrics}
    return (*grouped, (_REST, tuple(metric for metric in METRICS if metric.name not in placed)))
