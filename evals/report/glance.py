"""What a run found, at a glance: a few sentences and six cards."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from evals.metrics import BY_NAME
from evals.report.figures import percent, value_of
from evals.report.kinds import Kind
from evals.report.summary import Report
from evals.score import Score


class Tone(StrEnum):
    """How a card looks. Only what must never happen is good or bad in itself; the rest is for the reader to judge."""

    PLAIN = "plain"
    GOOD = "good"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Card:
    """One figure: its name, its value, the score behind it where there is one, how many of how many, and its questions.

    ``shows`` is what the list of questions is filtered by to see them (see ``tokens``).
    """

    label: str
    value: str
    score: Score | None
    counted: str
    tone: Tone
    shows: str


def counted(report: Report, metric: str) -> tuple[int, int]:
    """Return what a metric's share is made of: how many, of how many."""
    measure = BY_NAME[metric]
    held = [r.outcome for r in report.results if r.outcome is not None and measure.counts(r.outcome)]
    return round(sum(map(measure.value, held))), round(sum(map(measure.weight, held)))


def cards(report: Report) -> tuple[Card, ...]:
    """Return the cards, the most important first."""
    return (
        _card(report, "right", "質問", Tone.PLAIN, "right"),
        _card(report, "wrong_answers", "質問", Tone.PLAIN, "wrong_answer"),
        _card(report, "false_refusals", "答えのある質問", Tone.PLAIN, Kind.WRONG_REFUSAL),
        _card(report, "town_leaks", "質問", _never(report.score("town_leaks").value == 0), Kind.LEAK),
        _card(report, "citation_exactness", "引用", _exactness(report.score("citation_exactness")), Kind.INEXACT_QUOTE),
        Card(
            label="応答エラー",
            value=f"{report.errors:,}件",
            score=None,
            counted=f"質問 {len(report.results):,}件中",
            tone=_never(report.errors == 0),
            shows=Kind.ERROR,
        ),
    )


def _card(report: Report, metric: str, what: str, tone: Tone, shows: str) -> Card:
    score, (top, bottom) = report.score(metric), counted(report, metric)
    return Card(BY_NAME[metric].label, value_of(score), score, f"{what} {bottom:,}件中 {top:,}件", tone, shows)


def _never(clean: bool) -> Tone:
    return Tone.GOOD if clean else Tone.BAD


def _exactness(score: Score) -> Tone:
    return _never(score.value == 1) if score.n else Tone.PLAIN


def sentences(report: Report) -> tuple[str, ...]:
    """Return what the run found as sentences for somebody who reads nothing else."""
    right, questions = counted(report, "right")
    if not questions:
        return ("応答があった質問がないため、評価できませんでした。",)
    wrong, _ = counted(report, "wrong_answers")
    refused, answerable = counted(report, "false_refusals")
    return (
        f"{questions:,}件の質問のうち{right:,}件（{percent(right / questions)}）に、正しく答えるか、正しく断りました。",
        f"{wrong:,}件（{percent(wrong / questions)}）では答えたのに正しくありません。",
        f"答えのある{answerable:,}件のうち{refused:,}件では断ってしまいました。" if answerable else "",
        _quotes(*counted(report, "citation_exactness")),
        _leaks(counted(report, "town_leaks")[0]),
        f"応答のなかった質問が{report.errors:,}件あり、採点に入れていません。" if report.errors else "",
    )


def _quotes(exact: int, citations: int) -> str:
    if not citations:
        return ""
    if exact == citations:
        return f"引用{citations:,}件は、すべて原文と一字一句同じです。"
    return f"引用{citations:,}件のうち{citations - exact:,}件が、原文と一致しません。"


def _leaks(leaks: int) -> str:
    if leaks:
        return f"尋ねていない自治体の計画を引用した回答が{leaks:,}件あります。"
    return "尋ねていない自治体の計画を引用した回答はありません。"
