"""The metrics: each a share or a mean over the questions that it is about, with its name and its reading in Japanese.

A metric is a ratio: the sum of ``value`` over the questions it counts, divided by the sum of ``weight`` over them (1 a question
unless the metric counts something smaller, such as citations). A question that failed has no outcome here: it is in
``errors`` alone, and in no other metric.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

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
    weight: Callable[[Outcome], float]
    unit: Unit = Unit.SHARE
    quantile: float | None = None


def right(outcome: Outcome) -> float:
    """Return 1 for a right answer and for a right refusal.

    「計画期間は?」 answered with the period and its sentence cited: 1. Answered from the neighbouring sentence: 0. A question
    whose answer no plan holds, and 「見つかりませんでした」: 1.
    """
    return float(outcome.verdict.right)


def fact_recall(outcome: Outcome) -> float:
    """Return how many of the facts asked for the answer holds; weight: the facts asked for.

    Asked for 令和5年度 and 令和9年度, answered 「令和5年度から」: 1 of 2.
    """
    return float(outcome.verdict.facts_found)


def fact_precision(outcome: Outcome) -> float:
    """Return how many of the dates, numbers and names that an answer states are in its citations; weight: those stated.

    「令和8年度に42件」 over the quote 「令和８年度に40件」: 1 of 2.
    """
    return float(outcome.verdict.facts_stated - outcome.verdict.facts_unproven)


def citation_precision(outcome: Outcome) -> float:
    """Return how many citations show evidence of the key or a fact asked for; weight: the citations.

    Two citations, one of them the sentence with the period and one about the committee: 1 of 2.
    """
    return float(outcome.verdict.citations_fitting)


def citation_recall(outcome: Outcome) -> float:
    """Return how many of the passages that have to be cited are; weight: those passages.

    A comparison of two towns with one of them cited: 1 of 2. A fact that stands in three places, cited from one: 1 of 1.
    """
    return float(outcome.verdict.passages_found)


def citation_exactness(outcome: Outcome) -> float:
    """Return how many quotes are character for character what the plan holds at their place; weight: the citations.

    The plan's 「令和５年度」 quoted as 「令和5年度」, or one character further on: not exact.
    """
    return float(outcome.verdict.citations_exact)


def abstained(outcome: Outcome) -> float:
    """Return 1 for a refusal. Over the answerable these are false refusals, over the others abstention's recall."""
    return float(outcome.verdict.abstained)


def rightly_abstained(outcome: Outcome) -> float:
    """Return 1 for a refusal of what no plan answers. Over all refusals: abstention's precision."""
    return float(outcome.verdict.abstained and not outcome.verdict.answerable)


def wrong_answer(outcome: Outcome) -> float:
    """Return 1 for what was answered and is not right, whether the plans answer it or not. A refusal is never one."""
    return float(not outcome.verdict.abstained and not outcome.verdict.right)


def leak(outcome: Outcome) -> float:
    """Return 1 when an answer cites a municipality that was neither named nor selected.

    Asked of one 町, answered with a sentence from the plan of its near-namesake: 1.
    """
    return float(outcome.verdict.leaked > 0)


def _one(_: Outcome) -> float:
    return 1.0


def _every(_: Outcome) -> bool:
    return True


def _answerable(outcome: Outcome) -> bool:
    return outcome.verdict.answerable


def _answered(outcome: Outcome) -> bool:
    return not outcome.verdict.abstained


def _answered_rightly_so(outcome: Outcome) -> bool:
    return outcome.verdict.answerable and not outcome.verdict.abstained


def _ranked(outcome: Outcome) -> bool:
    return outcome.ranking is not None


def _ranking(name: str) -> Callable[[Outcome], float]:
    return lambda outcome: float(getattr(outcome.ranking, name))


H, L, N = Better.HIGHER, Better.LOWER, Better.NEITHER

METRICS: tuple[Metric, ...] = (
    Metric("right", "正答率", "正しく答えたか、正しく断った割合", H, _every, right, _one),
    Metric("wrong_answers", "誤答率", "答えたのに正しくなかった割合（全質問）", L, _every, wrong_answer, _one),
    Metric("false_refusals", "誤った断り", "答えがあるのに断った割合", L, _answerable, abstained, _one),
    Metric(
        "fact_recall",
        "要点の再現率",
        "求められた日付・数・名称のうち、回答にある割合",
        H,
        _answerable,
        fact_recall,
        lambda outcome: float(outcome.verdict.facts_asked),
    ),
    Metric(
        "fact_precision",
        "要点の適合率",
        "回答が述べた日付・数・名称のうち、引用にある割合",
        H,
        _answered,
        fact_precision,
        lambda outcome: float(outcome.verdict.facts_stated),
    ),
    Metric(
        "citation_precision",
        "引用の適合率",
        "引用のうち、根拠か要点を示す割合（答えがある質問）",
        H,
        _answered_rightly_so,
        citation_precision,
        lambda outcome: float(outcome.verdict.citations),
    ),
    Metric(
        "citation_recall",
        "引用の再現率",
        "引くべき箇所のうち、引用された割合",
        H,
        _answerable,
        citation_recall,
        lambda outcome: float(outcome.verdict.passages_asked),
    ),
    Metric(
        "citation_exactness",
        "引用の正確さ",
        "引用のうち、原文と一字一句同じ割合",
        H,
        _answered,
        citation_exactness,
        lambda outcome: float(outcome.verdict.citations),
    ),
    Metric("town_leaks", "他の自治体の混入", "尋ねていない自治体を引用した割合", L, _every, leak, _one),
    Metric(
        "abstention_precision",
        "断りの適合率",
        "断ったもののうち、答えが計画にない割合",
        H,
        lambda outcome: outcome.verdict.abstained,
        rightly_abstained,
        _one,
    ),
    Metric(
        "abstention_recall",
        "断りの再現率",
        "答えが計画にない質問のうち、断った割合",
        H,
        lambda outcome: not outcome.verdict.answerable,
        abstained,
        _one,
    ),
    Metric(
        "reason_accuracy",
        "断りの理由の正しさ",
        "理由の決まった質問を断ったとき、その理由だった割合",
        H,
        lambda outcome: outcome.verdict.reason_asked,
        lambda outcome: float(outcome.verdict.reason_right),
        _one,
    ),
    Metric(
        "too_long",
        "長すぎる回答",
        "決められた長さを超えた割合",
        L,
        _answered,
        lambda outcome: float(outcome.verdict.too_long),
        _one,
    ),
    Metric("recall_1", "検索 Recall@1", "根拠が1件目に見つかる割合", H, _ranked, _ranking("recall_1"), _one),
    Metric("recall_5", "検索 Recall@5", "根拠が5件目までに見つかる割合", H, _ranked, _ranking("recall_5"), _one),
    Metric("recall_10", "検索 Recall@10", "根拠が10件目までに見つかる割合", H, _ranked, _ranking("recall_10"), _one),
    Metric("mrr_10", "検索 MRR@10", "最初の根拠の順位の逆数の平均", H, _ranked, _ranking("mrr_10"), _one),
    Metric("ndcg_10", "検索 nDCG@10", "順位で重みを付けた根拠の見つかり方", H, _ranked, _ranking("ndcg_10"), _one),
    Metric(
        "answer_characters",
        "回答の長さ",
        "回答の文字数の中央値",
        N,
        _answered,
        lambda outcome: float(outcome.verdict.characters),
        _one,
        Unit.CHARACTERS,
        0.5,
    ),
    Metric(
        "quote_characters",
        "引用の長さ",
        "引用1つの平均文字数",
        N,
        _answered,
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
            _every,
            lambda outcome: outcome.seconds,
            _one,
            Unit.SECONDS,
            percent / 100,
        )
        for percent in (50, 95, 99)
    ),
)

BY_NAME = {metric.name: metric for metric in METRICS}
