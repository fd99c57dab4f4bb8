"""What can be wrong with a reply: a table, the gravest first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from evals.verdict import Verdict


class Kind(StrEnum):
    """One way in which a question went wrong."""

    ERROR = "error"
    LEAK = "leak"
    INEXACT_QUOTE = "inexact_quote"
    ANSWERED_UNANSWERABLE = "answered_unanswerable"
    WRONG_REFUSAL = "wrong_refusal"
    FORBIDDEN = "forbidden"
    FACT_MISSING = "fact_missing"
    WRONG_PASSAGE = "wrong_passage"
    TOO_LONG = "too_long"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Sign:
    """By what a kind is known. ``label`` names it in a word or two, ``means`` in a sentence."""

    kind: Kind
    label: str
    means: str
    shows: Callable[[Verdict], bool]


def _answers(verdict: Verdict) -> bool:
    return verdict.answerable and not verdict.abstained


SIGNS: tuple[Sign, ...] = (
    Sign(Kind.ERROR, "応答エラー", "質問に応答がなかった。採点には入れない。", lambda _: False),
    Sign(Kind.LEAK, "他の自治体の混入", "尋ねていない自治体の計画を引用した。", lambda v: v.leaked > 0),
    Sign(
        Kind.INEXACT_QUOTE,
        "原文と違う引用",
        "引用が、計画のその場所の文字と一致しない。",
        lambda v: v.citations_exact < v.citations,
    ),
    Sign(
        Kind.ANSWERED_UNANSWERABLE,
        "断るべき質問に回答",
        "答えが計画にないのに答えた。",
        lambda v: not v.answerable and not v.abstained,
    ),
    Sign(Kind.WRONG_REFUSAL, "誤った断り", "答えが計画にあるのに断った。", lambda v: v.answerable and v.abstained),
    Sign(Kind.FORBIDDEN, "述べてはならない語", "誤りになる語が回答にある。", lambda v: bool(v.forbidden)),
    Sign(
        Kind.FACT_MISSING,
        "要点の不足",
        "求められた要点が回答にない。",
        lambda v: _answers(v) and v.facts_found < v.facts_asked,
    ),
    Sign(
        Kind.WRONG_PASSAGE,
        "根拠の引用なし",
        "根拠になる箇所が引用されていない。",
        lambda v: _answers(v) and v.passages_found < v.passages_asked,
    ),
    Sign(Kind.TOO_LONG, "長すぎる回答", "回答が決められた長さを超えた。", lambda v: _answers(v) and v.too_long),
    Sign(Kind.OTHER, "その他", "上のどれにも当たらないが、正しくない。", lambda _: False),
)

SIGN = {sign.kind: sign for sign in SIGNS}


def kinds_of(verdict: Verdict) -> tuple[Kind, ...]:
    """Return everything that is wrong with a reply, the gravest first; nothing for a right one.

    A citation of a municipality that was not asked about, or a quote that is not exact, counts even beside a right answer.
    """
    found = tuple(sign.kind for sign in SIGNS if sign.shows(verdict))
    if verdict.right:
        return tuple(kind for kind in found if kind in (Kind.LEAK, Kind.INEXACT_QUOTE))
    return found or (Kind.OTHER,)
