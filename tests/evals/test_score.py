"""Metrics with their intervals."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evals.metrics import BY_NAME
from evals.outcome import Outcome
from evals.score import Score, score
from tests.evals.making import PERIOD, RIGHT, a_case, a_refusal, an_answer, cite, outcome, outcomes, unanswerable

RIGHTS = BY_NAME["right"]


# source: R. G. Newcombe, Two-sided confidence intervals for the single proportion (Statistics in Medicine, 1998), table I
@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0000, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_of_a_share_is_wilsons(hits: int, n: int, low: float, high: float) -> None:
    """As published, to four places; it is no point where nothing, or everything, was right."""
    measured = score(RIGHTS, outcomes([at < hits for at in range(n)]))
    assert (measured.value, measured.n) == (hits / n, n)
    assert (measured.low, measured.high) == pytest.approx((low, high), abs=5e-5)


def test_without_a_question_there_is_no_score() -> None:
    """All numbers are 0 and so is n, for an empty run and for one that asks nothing of the kind."""
    for metric in BY_NAME.values():
        assert score(metric, []) == Score(metric.name, 0.0, 0.0, 0.0, 0)
    assert score(BY_NAME["false_refusals"], [outcome(unanswerable(), a_refusal())]).n == 0


def test_a_quantile_is_one_of_values_and_not_of_a_mean() -> None:
    """The 95th percentile of 1 to 100 seconds, whatever the order, with an interval around it."""
    taken = [replace(o, seconds=float(1 + 37 * at % 100)) for at, o in enumerate(outcomes([True] * 100))]
    measured = score(BY_NAME["seconds_p95"], taken)
    assert measured.value == pytest.approx(95.05)
    assert 85 < measured.low < 95 < measured.high <= 100


def test_variants_of_one_question_make_the_interval_wider_than_as_many_questions() -> None:
    """Ten variants that stand or fall with their origin say little more than one question: 20 families, not 200 questions."""
    families = [
        replace_origin(o, f"o-{at // 10}") for at, o in enumerate(outcomes([at // 10 < 12 for at in range(200)]))
    ]
    naive = score(RIGHTS, outcomes([at // 10 < 12 for at in range(200)]))
    clustered = score(RIGHTS, families)
    few = score(RIGHTS, outcomes([at < 12 for at in range(20)]))
    assert clustered.value == naive.value == few.value == 0.6
    assert clustered.high - clustered.low > 2 * (naive.high - naive.low)
    assert clustered.high - clustered.low == pytest.approx(few.high - few.low, abs=0.05)


def replace_origin(result: Outcome, origin: str) -> Outcome:
    """Return the outcome of a variant of another question."""
    return replace(result, case=replace(result.case, origin=origin))


def test_the_origin_itself_belongs_to_its_family() -> None:
    """A written question and a variant of it count as one family: two questions, no more certain than one."""
    written = outcome(a_case(id="w"), RIGHT)
    variant = outcome(a_case(id="v", origin="w"), RIGHT)
    other = outcome(a_case(id="x"), a_refusal())
    assert score(RIGHTS, [written, variant, other]).low == 0.0
    assert score(RIGHTS, [written, variant, other]).high == 1.0


def test_an_interval_is_the_same_each_time() -> None:
    """Resampling is seeded; a ratio of citations, which Wilson does not cover."""
    answers = [an_answer("令和5年度", *[cite(PERIOD)] * (1 + at % 3), cite("青葉町")) for at in range(30)]
    results = [outcome(a_case(id=str(at)), answer) for at, answer in enumerate(answers)]
    measured = score(BY_NAME["citation_precision"], results)
    assert measured == score(BY_NAME["citation_precision"], results)
    assert measured.value == pytest.approx(60 / 90)
    assert 0 < measured.low < measured.value < measured.high < 1
