"""The question sets that come with the program. The test set is blind: no test shows a word of it."""

from __future__ import annotations

from typing import get_args

from evals.case import Case, CaseType, Persona
from evals.in_process import InProcess
from evals.lint import lint
from evals.read_cases import read_cases
from evals.split import leaks
from tests.evals.conftest import QUESTIONS

DEV, TEST = QUESTIONS / "dev.jsonl", QUESTIONS / "test.jsonl"


def test_the_shipped_sets_are_free_of_faults(subject: InProcess) -> None:
    """Every quote stands in its plan, no id and no question stands twice in both together."""
    found = [(problem.file.name, problem.line, problem.field) for problem in lint([DEV, TEST], subject.corpus)]
    assert found == []


def test_the_shipped_sets_are_apart(subject: InProcess) -> None:
    """No sentence and no question of the one is in the other."""
    found = [(leak.first.id, leak.second.id) for leak in leaks(read_cases([DEV]), read_cases([TEST]), subject.corpus)]
    assert found == []


def test_the_shipped_sets_try_everything(dev_cases: tuple[Case, ...]) -> None:
    """At least 400 questions, 100 of them unanswerable, of every persona and type, with and without a selected town."""
    cases = (*dev_cases, *read_cases([TEST]))
    assert len(cases) >= 400
    assert sum(case.abstain for case in cases) >= 100
    assert {case.persona for case in cases} == set(get_args(Persona))
    assert {case.type for case in cases} == set(get_args(CaseType))
    assert {bool(case.scope) for case in cases} == {bool(case.history) for case in cases} == {True, False}
