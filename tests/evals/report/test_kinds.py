"""What is wrong with a reply."""

from __future__ import annotations

from typing import get_args

import pytest

from assistant.answer import Reason
from evals.case import CaseType, Persona
from evals.report.kinds import SIGN, SIGNS, Kind
from evals.report.names import PERSONAS, REASONS, TYPES
from evals.report.result import Result, results_of
from evals.report.summary import Report
from tests.evals.making import a_case, an_answer, outcome
from tests.evals.making import a_run as run_of


def by_id(report: Report, name: str) -> Result:
    """Return a question of the report."""
    return next(result for result in report.results if result.case.id == name)


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("generated", ()),
        ("rightly-refused", ()),
        ("broken", (Kind.ERROR,)),
        ("refused", (Kind.WRONG_REFUSAL,)),
        ("answered", (Kind.ANSWERED_UNANSWERABLE,)),
        ("leaked", (Kind.LEAK,)),
        ("inexact", (Kind.INEXACT_QUOTE,)),
        ("half", (Kind.FACT_MISSING,)),
        ("elsewhere", (Kind.WRONG_PASSAGE,)),
        ("too-long", (Kind.TOO_LONG,)),
        ("forbidden", (Kind.FORBIDDEN,)),
    ],
)
def test_each_fault_is_known_by_its_own_kind(report: Report, name: str, kinds: tuple[Kind, ...]) -> None:
    """One thing wrong is one kind; a refusal is not also a missing fact and a missing passage."""
    assert by_id(report, name).kinds == kinds


def test_a_leak_beside_a_right_answer_is_a_failure(report: Report) -> None:
    """A right answer that also cites a municipality nobody asked about is shown among the failures."""
    leaked = by_id(report, "leaked")
    assert leaked.outcome is not None
    assert leaked.outcome.verdict.right
    assert leaked in report.failures


def test_the_gravest_kind_names_a_question(report: Report) -> None:
    """Several things wrong: an inexact quote is graver than a missing fact, and both are kept."""
    both = next(result for result in report.results if len(result.kinds) > 2)
    places = [list(Kind).index(kind) for kind in both.kinds]
    assert places == sorted(places)
    assert both.label == SIGN[both.kinds[0]].label


def test_what_is_not_right_always_has_a_kind() -> None:
    """Even an answer to a key without facts and passages, which can never be right."""
    nothing = outcome(a_case(must=(), must_not=(), evidence=()), an_answer("はい。"))
    assert results_of(run_of([nothing]))[0].kinds == (Kind.OTHER,)


def test_everything_has_a_name() -> None:
    """Kinds, personas, types and reasons each have Japanese words, and the signs stand in the order of the kinds."""
    assert [sign.kind for sign in SIGNS] == list(Kind)
    assert set(PERSONAS) == set(get_args(Persona))
    assert set(TYPES) == set(get_args(CaseType))
    assert set(REASONS) == set(Reason)
