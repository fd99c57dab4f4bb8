"""The metrics: each a share or a mean over the questions that it is about, with its name and its reading in Japanese.

A metric is a ratio: the sum of ``value`` over the questions it counts, divided by the sum of ``weight`` over them (1 a question
unless the metric counts something smaller, such as citations). A question that failed has no outcome here: it is in
``errors`` alone, and in no other metric.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from evals import measures
from evals.outcome import Outcome


class Better(StrEnum):
    """Which way a metric improves; ``NEITHER`` describes without judging."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


class Unit(StrEnum):
    """What a metric's number is."""

    SHARE = "share"
    CHARACTERS = "characters"
    SECONDS = "seconds"


@dataclass(frozen=True, slots=True)
class Metric:
    """A ratio over outcomes. ``quantile`` makes it that quantile of the values instead of their mean."""

    name: str
    label: str
    means: str
    better: Better
    counts: Callable[[Outcome], bool]
    value: Callable[[Outcome], float]
    weight: Callable[[Outcome], float] = measures.one
    unit: Unit = Unit.SHARE
    quantile: float | None = None


H, L, N = Better.HIGHER, Better.LOWER, Better.NEITHER

METRICS: tuple[Metric, ...] = (
    Metric("right", "正答率", "正しく答えたか、正しく断った割合", H, measures.every, measures.right),
    Metric(
        "wrong_answers",
        "誤答率",
        "答えたのに正しくなかった割合（全質問）",
        L,
        measures.every,
        measures.wrong_answer,
    ),
    Metric(
        "false_refusals",
        "誤った断り",
        "答えがあるのに断った割合",
        L,
        measures.answerable,
        measures.abstained,
    ),
    Metric(
        "fact_recall",
        "要点の再現率",
        "求められた日付・数・名称のうち、回答にある割合",
        H,
        measures.answerable,
        measures.fact_recall,
        lambda outcome: float(outcome.verdict.facts_asked),
    ),
    Metric(
        "fact_precision",
        "要点の適合率",
        "回答が述べた日付・数・名称のうち、引用にある割合",
        H,
        measures.answered,
        measures.fact_precision,
        lambda outcome: float(outcome.verdict.facts_stated),
    ),
    Metric(
        "citation_precision",
        "引用の適合率",
        "引用のうち、根拠か要点を示す割合（答えがある質問）",
        H,
        measures.rightly_answered,
        measures.citation_precision,
        lambda outcome: float(outcome.verdict.citations),
    ),
    Metric(
        "citation_recall",
        "引用の再現率",
        "引くべき箇所のうち、引用された割合",
        H,
        measures.answerable,
        measures.citation_recall,
        lambda outcome: float(outcome.verdict.passages_asked),
    ),
    Metric(
        "citation_exactness",
        "引用の正確さ",
        "引用のうち、原文と一字一句同じ割合",
        H,
        measures.answered,
        measures.citation_exactness,
        lambda outcome: float(outcome.verdict.citations),
    ),
    Metric(
        "town_leaks",
        "他の自治体の混入",
        "尋ねていない自治体を引用した割合",
        L,
        measures.every,
        measures.leak,
    ),
    Metric(
        "abstention_precision",
        "断りの適合率",
        "断ったもののうち、答えが計画にない割合",
        H,
        lambda outcome: outcome.verdict.abstained,
        measures.rightly_abstained,
    ),
    Metric(
        "abstention_recall",
        "断りの再現率",
        "答えが計画にない質問のうち、断った割合",
        H,
        lambda outcome: not outcome.verdict.answerable,
        measures.abstained,
    ),
    Metric(
        "reason_accuracy",
        "断りの理由の正しさ",
        "理由の決まった質問を断ったとき、その理由だった割合",
        H,
        lambda outcome: outcome.verdict.reason_asked,
        lambda outcome: float(outcome.verdict.reason_right),
    ),
    Metric(
        "too_long",
        "長すぎる回答",
        "決められた長さを超えた割合",
        L,
        measures.answered,
        lambda outcome: float(outcome.verdict.too_long),
    ),
    Metric(
        "recall_1",
        "検索 Recall@1",
        "根拠が1件目に見つかる割合",
        H,
        measures.ranked,
        measures.ranking("recall_1"),
    ),
    Metric(
        "recall_5",
        "検索 Recall@5",
        "根拠が5件目までに見つかる割合",
        H,
        measures.ranked,
        measures.ranking("recall_5"),
    ),
    Metric(
        "recall_10",
        "検索 Recall@10",
        "根拠が10件目までに見つかる割合",
        H,
        measures.ranked,
        measures.ranking("recall_10"),
    ),
    Metric(
        "mrr_10",
        "検索 MRR@10",
        "最初の根拠の順位の逆数の平均",
        H,
        measures.ranked,
        measures.ranking("mrr_10"),
    ),
    Metric(
        "ndcg_10",
        "検索 nDCG@10",
        "順位で重みを付けた根拠の見つかり方",
        H,
        measures.ranked,
        measures.ranking("ndcg_10"),
    ),
    Metric(
        "answer_characters",
        "回答の長さ",
        "回答の文字数の中央値",
        N,
        measures.answered,
        lambda outcome: float(outcome.verdict.characters),
        measures.one,
        Unit.CHARACTERS,
        0.5,
    ),
    Metric(
        "quote_characters",
        "引用の長さ",
        "引用1つの平均文字数",
        N,
        measures.answered,
        lambda outcome: float(outcome.verdict.quote_characters),
        lambda outcome: float(outcome.verdict.citations),
        Unit.CHARACTERS,
    ),
    *(
        Metric(
            f"seconds_p{percent}",
            f"応答時間 p{percent}",
            f"質問の{percent}％がこの時間までに返る",
            L,
            measures.every,
            lambda outcome: outcome.seconds,
            measures.one,
            Unit.SECONDS,
            percent / 100,
        )
        for percent in (50, 95, 99)
    ),
)

BY_NAME = {metric.name: metric for metric in METRICS}
