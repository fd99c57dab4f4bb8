"""Two small plans, and cases, answers and outcomes over them, so that a test can work out by hand what is right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from assistant.answer import Answer, Citation, Question, Reason
from evals.case import Case, Evidence
from evals.corpus import Corpus
from evals.outcome import Failure, Outcome
from evals.ranking import Ranking
from evals.run import Run, RunInfo, SetInfo
from evals.subject import AskingFailedError, Identity, Passage
from evals.verdict import judge

PERIOD = "計画期間は、令和５年度から令和９年度までの５年間とする。"
YEARLY = "計画は毎年度見直す。"
OFFICE = "推進体制の事務局は企画課に置く。"
DATA = "オープンデータは13件を公開した。"
AOBA = f"# 青葉町DX推進計画\n{PERIOD}{YEARLY}\n{OFFICE}\n{DATA}\n"
WAKABA = f"# 若葉町DX推進計画\n計画期間は、令和６年度から令和８年度までの３年間とする。\n{OFFICE}\n"
CORPUS = Corpus({"aoba": AOBA, "wakaba": WAKABA}, {"aoba": "青葉町", "wakaba": "若葉町"})

_CASE = Case(
    id="c-1",
    question="青葉町の計画期間はいつからいつまでですか。",
    persona="resident",
    type="fact",
    towns=("青葉町",),
    scope=(),
    history=(),
    evidence=(Evidence("aoba", PERIOD),),
    all_evidence=False,
    must=(("令和5年度", "2023年度"), ("令和9年度", "2027年度")),
    must_not=("令和6年度",),
    abstain=False,
)
IDENTITY = Identity("in process", "0", "g", {}, {}, "2026-06-01T09:00:00+09:00")


def a_case(**changes: Any) -> Case:
    """Return the question for 青葉町's period, changed."""
    return replace(_CASE, **changes)


def unanswerable(**changes: Any) -> Case:
    """Return a question that no plan answers, changed."""
    nothing: dict[str, Any] = {"evidence": (), "must": (), "must_not": (), "abstain": True, "type": "unanswerable"}
    return a_case(**{**nothing, "reason": Reason.NOT_IN_PLANS, **changes})


def cite(quote: str, plan: str = "aoba", /, *, n: int = 1, **changes: Any) -> Citation:
    """Return a citation of a quote where it stands in its plan, changed."""
    start = CORPUS.texts[plan].index(quote)
    town = CORPUS.municipalities[plan]
    whole = Citation(n, plan, town, "000000", f"{town}DX推進計画", (), None, quote, start, start + len(quote), False)
    return replace(whole, **changes)


def an_answer(text: str, *citations: Citation) -> Answer:
    """Return an answer with its citations."""
    return Answer("0", "", text, False, None, citations, (), (), "extractive", 0.1)


def a_refusal(reason: Reason = Reason.NOT_IN_PLANS) -> Answer:
    """Return a refusal."""
    return Answer("0", "", "見つかりませんでした。", True, reason, (), (), (), "extractive", 0.1)


RIGHT = an_answer("令和５年度から令和９年度までです。[1]", cite(PERIOD))


def outcome(case: Case, answer: Answer, *, seconds: float = 0.1, ranking: Ranking | None = None) -> Outcome:
    """Return what becomes of an answer."""
    return Outcome(case, answer, judge(case, answer, CORPUS), ranking, seconds, "set")


def outcomes(rights: Sequence[bool], origin: str = "") -> list[Outcome]:
    """Return an outcome for each flag, right or refused, of cases of their own."""
    return [
        outcome(a_case(id=f"c-{at}", origin=origin), RIGHT if right else a_refusal()) for at, right in enumerate(rights)
    ]


def a_run(results: Sequence[Outcome], name: str = "run", failures: Sequence[Failure] = ()) -> Run:
    """Return a run of outcomes and failures."""
    sets = (SetInfo("set", "", len(results) + len(failures)),)
    return Run(RunInfo(name, "", 1.0, sets, IDENTITY, "", "", "", 1, ""), tuple(results), tuple(failures))


class Scripted:
    """A subject over the two plans that answers from a table, and fails at what it does not hold."""

    corpus = CORPUS
    identity = IDENTITY

    def __init__(self, answers: dict[str, Answer]) -> None:
        self._answers = answers

    def answer(self, question: Question) -> Answer:
        """Return the answer in the table."""
        if question.text not in self._answers:
            raise AskingFailedError("503 Service Unavailable")
        return self._answers[question.text]

    def search(self, question: Question, k: int) -> list[Passage]:
        """Return nothing."""
        return []
