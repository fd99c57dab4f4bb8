"""A run of question sets over a subject."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answer import Answer, Question, Reason
from evals.case import Case
from evals.in_process import InProcess
from evals.mutants import Mutant
from evals.run import QuestionSet, Run, run_sets
from evals.subject import Subject
from ingest.workers import ONE_PROCESS, Threads, Workers
from tests.evals.making import RIGHT, Scripted, a_case, a_refusal, unanswerable

STARTED = "2026-06-01T09:00:00+09:00"


def run(subject: Subject, *cases: Case, workers: Workers = ONE_PROCESS) -> Run:
    """Return a run of one set."""
    return run_sets([QuestionSet("dev", cases)], subject, started=STARTED, revision="abc", workers=workers)


@pytest.fixture(scope="module")
def honest(subject: InProcess, dev_cases: tuple[Case, ...]) -> Run:
    """A run of some development questions."""
    return run(subject, *dev_cases[::12])


def test_the_same_run_twice_gives_the_same_results(
    honest: Run, subject: InProcess, dev_cases: tuple[Case, ...]
) -> None:
    """Answers and verdicts have one digest, though random ids and times differ."""
    again = run(subject, *dev_cases[::12])
    assert again.info.results == honest.info.results
    assert [o.verdict for o in again.outcomes] == [o.verdict for o in honest.outcomes]
    assert {o.answer.id for o in again.outcomes}.isdisjoint({o.answer.id for o in honest.outcomes})


def test_many_at_once_get_the_same_verdicts(honest: Run, subject: InProcess, dev_cases: tuple[Case, ...]) -> None:
    """Four questions at a time: the same answers in the order of the questions."""
    at_once = run(subject, *dev_cases[::12], workers=Threads(4))
    assert at_once.info.results == honest.info.results
    assert [o.case.id for o in at_once.outcomes] == [case.id for case in dev_cases[::12]]


@pytest.mark.parametrize(
    "change",
    [
        lambda answer: replace(answer, answer=answer.answer + "。"),
        lambda answer: replace(answer, notices=(*answer.notices, "計画は改定されています。")),
        lambda answer: replace(answer, citations=answer.citations[:-1]),
        lambda answer: replace(answer, reason=Reason.OUT_OF_SCOPE) if answer.reason else answer,
    ],
)
def test_any_change_in_an_answer_changes_the_digest(honest: Run, subject: InProcess, change: object) -> None:
    """A word, a notice, a citation, a reason."""
    assert callable(change)
    mutant = Mutant(subject, lambda answer, _, __: change(answer))
    assert run(mutant, *(o.case for o in honest.outcomes)).info.results != honest.info.results


def test_another_id_or_another_time_does_not_change_the_digest() -> None:
    """What differs between two runs of the same thing is no part of the results."""
    other = replace(RIGHT, id="1", seconds=9.0)
    one, two = (run(Scripted({a_case().question: answer}), a_case()) for answer in (RIGHT, other))
    assert one.info.results == two.info.results


def test_what_was_run_is_recorded(honest: Run, subject: InProcess, dev_cases: tuple[Case, ...]) -> None:
    """Sets with their digests, the subject with its index and clock, revision, machine, seed; the id says when and what."""
    info = honest.info
    assert info.run_id == "20260601-090000-dev"
    assert (info.started, info.revision, info.subject) == (STARTED, "abc", subject.identity)
    assert info.subject.clock == "2026-06-01T09:00:00+09:00"
    assert info.subject.generation
    assert info.subject.manifest["embedder"] == "default"
    assert all((info.python, info.machine, info.seed, info.subject.version))
    (first,) = info.sets
    (changed,) = run(Scripted({}), *(replace(case, must_not=("x",)) for case in dev_cases[::12])).info.sets
    assert (first.name, first.cases) == ("dev", len(dev_cases[::12]))
    assert changed.digest != first.digest


def test_a_failing_request_is_a_failure_and_never_an_outcome() -> None:
    """It stands in the list of failures with its error; a question of an unanswerable case is no rightful refusal then."""
    cases = (a_case(), unanswerable(id="c-2", question="予算は?"), unanswerable(id="c-3", question="面積は?"))
    done = run(Scripted({a_case().question: RIGHT, "面積は?": a_refusal()}), *cases)
    assert [(o.case.id, o.set_name, o.verdict.right) for o in done.outcomes] == [
        ("c-1", "dev", True),
        ("c-3", "dev", True),
    ]
    assert [(f.case.id, f.set_name, f.error) for f in done.failures] == [("c-2", "dev", "503 Service Unavailable")]


def test_a_town_that_is_not_there_is_a_failure_of_the_request(subject: InProcess) -> None:
    """The assistant raises for a selection that it does not know."""
    (failure,) = run(subject, unanswerable(scope=("存在しない町",))).failures
    assert "存在しない町" in failure.error


def test_a_fault_of_the_program_stops_the_run(subject: InProcess) -> None:
    """It is not hidden among the failures."""

    def broken(answer: Answer, _: Question, __: object) -> Answer:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run(Mutant(subject, broken), a_case())


@pytest.mark.parametrize("workers", [ONE_PROCESS, Threads(3)])
def test_progress_is_told_after_each_question(workers: Workers) -> None:
    """Failures too."""
    told: list[int] = []
    cases = tuple(a_case(id=str(at)) for at in range(7))
    sets = [QuestionSet("a", cases[:4]), QuestionSet("b", cases[4:])]
    done = run_sets(sets, Scripted({}), started=STARTED, revision="", workers=workers, on_done=lambda: told.append(1))
    assert (len(told), len(done.failures), done.info.run_id) == (7, 7, "20260601-090000-a+b")
    assert [failure.set_name for failure in done.failures] == ["a"] * 4 + ["b"] * 3


def test_evidence_is_looked_for_in_what_the_search_finds(honest: Run) -> None:
    """A ranking where the key has evidence, none elsewhere."""
    assert {(o.ranking is not None) == bool(o.case.evidence) for o in honest.outcomes} == {True}
    assert any(o.ranking and o.ranking.mrr_10 == 1 for o in honest.outcomes)
