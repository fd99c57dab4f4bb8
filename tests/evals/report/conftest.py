"""A small real run, with what a run may hold at its worst: hostile texts, an error, generated and sealed questions."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answer import CellRef, Turn
from evals.case import Case, Evidence
from evals.in_process import InProcess
from evals.outcome import Failure, Outcome
from evals.report.summary import Report, summarise
from evals.report.write import write_report
from evals.run import QuestionSet, Run, SetInfo, run_sets
from tests.evals.making import OFFICE, PERIOD, RIGHT, a_case, a_refusal, an_answer, cite, outcome, unanswerable

HOSTILE = (
    "</style></script></title><script>window.ran = 1</script><img src=https://example.com/x onerror='window.ran = 2'>"
    '<style>main { display: none }</style>" onmouseover="window.ran = 3" x=\' {{ 7 * 7 }} <b hidden>&amp;\u202e逆\0'
)
SEALED = "秘密の質問です。"


def hostile() -> Outcome:
    """Return an outcome in which everybody who could write something wrote the same attack."""
    case = a_case(
        id=HOSTILE,
        question=HOSTILE,
        towns=(HOSTILE,),
        tags=(HOSTILE,),
        history=(Turn("user", HOSTILE),),
        must=((HOSTILE, "x"), ("無い",)),
        must_not=(HOSTILE,),
        evidence=(Evidence(HOSTILE, HOSTILE), Evidence("aoba", PERIOD)),
        origin=HOSTILE,
    )
    citation = replace(
        cite(PERIOD), title=HOSTILE, heading_path=(HOSTILE,), page=3, cell=CellRef(HOSTILE, HOSTILE, HOSTILE)
    )
    answer = replace(an_answer(HOSTILE, citation, replace(citation, quote=HOSTILE)), notices=(HOSTILE,))
    return outcome(case, answer)


def made() -> list[Outcome]:
    """Return one outcome of each way in which a question can go, and two of a sealed set."""
    return [
        hostile(),
        outcome(a_case(id="generated", origin="c-1", tags=("kana",)), RIGHT),
        outcome(a_case(id="refused"), a_refusal()),
        outcome(unanswerable(id="answered"), RIGHT),
        outcome(unanswerable(id="rightly-refused", towns=()), a_refusal()),
        outcome(a_case(id="leaked"), replace(RIGHT, citations=(*RIGHT.citations, cite(OFFICE, "wakaba", n=2)))),
        outcome(a_case(id="inexact"), an_answer(RIGHT.answer, cite(PERIOD, start=1))),
        outcome(a_case(id="half"), an_answer("令和５年度からです。[1]", cite(PERIOD))),
        outcome(a_case(id="elsewhere"), an_answer(RIGHT.answer, cite(OFFICE))),
        outcome(a_case(id="too-long"), an_answer(RIGHT.answer + "長" * 800, cite(PERIOD))),
        outcome(a_case(id="forbidden"), an_answer(RIGHT.answer + "令和６年度", cite(PERIOD))),
        replace(outcome(a_case(id="sealed-1", question=SEALED), RIGHT), set_name="test"),
        replace(outcome(a_case(id="sealed-2", question=SEALED), a_refusal()), set_name="test"),
    ]


@pytest.fixture(scope="session")
def run(subject: InProcess, dev_cases: tuple[Case, ...]) -> Run:
    """Some two dozen development questions really asked, and what was made above."""
    asked = dev_cases[:: len(dev_cases) // 24]
    real = run_sets([QuestionSet("dev", asked)], subject, started="2026-06-01T09:00:00+09:00", revision="abc+")
    failures = (
        Failure(a_case(id="broken", question="応答しない質問"), f"503 {HOSTILE}", 1.5, "set"),
        Failure(a_case(id="sealed-3", question=SEALED), "503", 1.5, "test"),
    )
    outcomes = (*real.outcomes, *made())
    sets = (*real.info.sets, SetInfo("set", "0" * 16, len(made()) - 1), SetInfo("test", "1" * 16, 3))
    return Run(replace(real.info, sets=sets), outcomes, failures)


@pytest.fixture(scope="session")
def report(run: Run) -> Report:
    """Its report."""
    return summarise(run)


@pytest.fixture(scope="session")
def written(run: Run, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    """The files of its report."""
    return write_report(run, tmp_path_factory.mktemp("run") / "report")
