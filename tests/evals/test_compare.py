"""Two runs side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from evals.compare import Change, Difference, NothingSharedError, compare, difference, got_worse
from evals.metrics import BY_NAME, METRICS
from evals.outcome import Failure, Outcome
from tests.evals.making import PERIOD, RIGHT, a_case, a_refusal, a_run, an_answer, cite, outcome, outcomes

RIGHTS = BY_NAME["right"]


def right_then(first: Sequence[bool], second: Sequence[bool]) -> Difference:
    """Return the difference in right answers between two lists of flags."""
    return difference(RIGHTS, outcomes(first), outcomes(second))


def test_identical_runs_differ_in_nothing() -> None:
    """Every difference is 0, its interval too, its p-value 1; no question changed."""
    run = a_run(outcomes([True, False] * 10))
    comparison = compare(run, run)
    assert [d.metric for d in comparison.differences] == [metric.name for metric in METRICS]
    assert {(d.value, d.low, d.high, d.p) for d in comparison.differences} == {(0.0, 0.0, 0.0, 1.0)}
    assert (comparison.shared, comparison.unshared, comparison.pairs) == (20, (), ())


def test_twelve_losses_and_no_gain_are_significant() -> None:
    """Chance would turn all twelve the same way twice in 4,096 times."""
    change = right_then([True] * 40, [at >= 12 for at in range(40)])
    assert change.value == pytest.approx(-0.3)
    assert change.p < 0.01
    assert change.low < -0.3 < change.high < 0
    assert change.significant
    assert got_worse(RIGHTS, change)


def test_a_few_losses_may_be_chance() -> None:
    """Four of four: chance does that twice in sixteen times, exactly 0.125."""
    change = right_then([True] * 4 + [False] * 6, [False] * 10)
    assert change.p == pytest.approx(0.125)
    assert not got_worse(RIGHTS, change)


def test_as_many_gains_as_losses_are_no_difference() -> None:
    """Six each way in forty: nothing to see, however many questions changed."""
    change = right_then(
        [at % 2 == 0 for at in range(12)] + [True] * 28, [at % 2 == 1 for at in range(12)] + [True] * 28
    )
    assert (change.value, change.p) == pytest.approx((0.0, 1.0))
    assert change.low < 0 < change.high


def test_the_pairing_is_used() -> None:
    """A loss of twelve among 400 is significant when the same questions were asked; as two samples it would not be."""
    change = right_then([at < 300 for at in range(400)], [12 <= at < 300 for at in range(400)])
    assert change.p < 0.01
    assert change.first.low < change.second.value < change.first.high


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.name)
def test_exchanging_the_runs_turns_every_difference_round(metric: object) -> None:
    """The value and its interval change sign, the p-value stays what it is; the interval holds the value."""
    first, second = _two_runs()
    named = next(m for m in METRICS if m is metric)
    there, back = difference(named, first, second), difference(named, second, first)
    assert there.low <= there.value <= there.high
    assert (back.value, back.low, back.high) == pytest.approx((-there.value, -there.high, -there.low))
    assert back.p == pytest.approx(there.p, abs=0.02)
    assert 0 < there.p <= 1


def _two_runs() -> tuple[list[Outcome], list[Outcome]]:
    answers = [
        RIGHT,
        a_refusal(),
        an_answer("令和5年度から42件" + "。" * 900, cite(PERIOD, start=1), cite("青葉町")),
        an_answer("令和5年度から令和9年度", cite(PERIOD), cite("青葉町"), cite("毎年度")),
    ]
    runs: list[list[Outcome]] = [[], []]
    for at in range(24):
        for number, run in enumerate(runs):
            answer = answers[(at * (number + 1) + at // 5) % 4]
            run.append(outcome(a_case(id=str(at)), answer, seconds=0.1 + 0.01 * at * (number + 1)))
    return runs[0], runs[1]


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.name)
def test_a_rare_answer_gives_numbers_and_no_warning(metric: object) -> None:
    """One answer among refusals: a resample may hold none of them, and that is no number of characters."""
    named = next(m for m in METRICS if m is metric)
    first = outcomes([False] * 5 + [True])
    second = [
        outcome(o.case, an_answer("令和5年度" if not o.verdict.abstained else "42件", cite(PERIOD))) for o in first[3:]
    ]
    change = difference(named, first, [*first[:3], *second])
    assert change.low <= change.value <= change.high
    assert 0 < change.p <= 1


def test_families_are_exchanged_together() -> None:
    """Two questions in which all ten variants were lost are two losses, not twenty."""
    variants = [replace(o, case=replace(o.case, origin=f"o-{at // 10}")) for at, o in enumerate(outcomes([True] * 20))]
    lost = [replace(o, case=v.case) for o, v in zip(outcomes([False] * 20), variants, strict=True)]
    assert difference(RIGHTS, variants, lost).p == pytest.approx(0.5)
    assert right_then([True] * 20, [False] * 20).p < 0.001


def test_what_changed_is_listed_with_its_worth() -> None:
    """Better and worse by being right, other where only the words changed; what is said again is not listed."""
    old = [outcome(a_case(id=name), RIGHT) for name in "abcd"]
    new = [
        outcome(a_case(id="a"), a_refusal()),
        outcome(a_case(id="b"), an_answer("令和5年度から令和9年度", cite(PERIOD))),
        outcome(a_case(id="c"), replace(RIGHT, id="9", seconds=9.0)),
        outcome(a_case(id="d"), replace(RIGHT, citations=(cite("令和５年度から令和９年度まで"),))),
    ]
    there = {pair.first.case.id: pair.change for pair in compare(a_run(old), a_run(new)).pairs}
    back = {pair.first.case.id: pair.change for pair in compare(a_run(new), a_run(old)).pairs}
    assert there == {"a": Change.WORSE, "b": Change.OTHER, "d": Change.OTHER}
    assert back == there | {"a": Change.BETTER}


def test_questions_that_cannot_be_compared_are_named() -> None:
    """Asked in one run alone, asked under another key, failed in one of them: left out of every number."""
    first = a_run([outcome(a_case(id=name), RIGHT) for name in ("same", "changed", "gone", "failed")])
    changed, failed = a_case(id="changed", must_not=("x",)), Failure(a_case(id="failed"), "503", 1.0)
    second = a_run([outcome(c, a_refusal()) for c in (a_case(id="same"), changed, a_case(id="new"))], failures=[failed])
    comparison = compare(first, second)
    assert comparison.shared == 1
    assert sorted(comparison.unshared) == ["changed", "failed", "gone", "new"]
    assert {d.first.n for d in comparison.differences if d.metric == "right"} == {1}
    assert [pair.first.case.id for pair in comparison.pairs] == ["same"]


def test_runs_without_a_common_question_are_told() -> None:
    """In Japanese, with the names of both."""
    with pytest.raises(NothingSharedError, match="A と B に共通する質問がありません"):
        compare(a_run(outcomes([True]), "A"), a_run([], "B"))
