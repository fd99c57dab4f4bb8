"""Every metric on six outcomes, its number worked out by hand."""

from __future__ import annotations

import pytest

from assistant.answer import Reason
from evals.metrics import BY_NAME, METRICS, Better
from evals.outcome import Outcome
from evals.ranking import Ranking
from evals.run import QuestionSet, run_sets
from evals.score import score
from tests.evals.making import (
    DATA,
    OFFICE,
    PERIOD,
    RIGHT,
    Scripted,
    a_case,
    a_refusal,
    an_answer,
    cite,
    outcome,
    unanswerable,
)

ASKED, UNKNOWN = a_case(), unanswerable()
HALF = an_answer("令和5年度から。" + "。" * 793, cite(PERIOD), cite(DATA, n=2))
MADE_UP = an_answer("42件です。[1]", cite(OFFICE, "wakaba", start=1, end=17))
SIX: tuple[Outcome, ...] = (
    outcome(ASKED, RIGHT, seconds=0.1, ranking=Ranking(0, 1, 1, 0.5, 0.6)),
    outcome(ASKED, HALF, seconds=0.2, ranking=Ranking(1, 1, 1, 1, 1)),
    outcome(ASKED, a_refusal(), seconds=0.3),
    outcome(UNKNOWN, a_refusal(), seconds=0.4),
    outcome(UNKNOWN, a_refusal(Reason.OUT_OF_SCOPE), seconds=0.5),
    outcome(UNKNOWN, MADE_UP, seconds=1.0),
)

# metric: its value and how many of the six it is about. The first is right, the second lacks a year, cites too much and is one
# character too long, the third is a false refusal; the fifth refuses for another reason, the last makes up a figure, with a
# shifted quote from a town that was not asked about.
EXPECTED = {
    "right": (3 / 6, 6),
    "wrong_answers": (2 / 6, 6),
    "false_refusals": (1 / 3, 3),
    "fact_recall": ((2 + 1 + 0) / (2 + 2 + 2), 3),
    "fact_precision": ((2 + 1 + 0) / (2 + 1 + 1), 3),
    "citation_precision": ((1 + 1) / (1 + 2), 2),
    "citation_recall": (2 / 3, 3),
    "citation_exactness": ((1 + 2 + 0) / (1 + 2 + 1), 3),
    "town_leaks": (1 / 6, 6),
    "abstention_precision": (2 / 3, 3),
    "abstention_recall": (2 / 3, 3),
    "reason_accuracy": (1 / 2, 2),
    "too_long": (1 / 3, 3),
    "recall_1": ((0 + 1) / 2, 2),
    "recall_5": (1.0, 2),
    "recall_10": (1.0, 2),
    "mrr_10": ((0.5 + 1) / 2, 2),
    "ndcg_10": ((0.6 + 1) / 2, 2),
    "answer_characters": (20.0, 3),  # of 20, 801 and 9 characters the middle one
    "quote_characters": ((28 + 28 + 17 + 16) / 4, 3),
    "seconds_p50": ((0.3 + 0.4) / 2, 6),
    "seconds_p95": (0.5 + 0.75 * (1.0 - 0.5), 6),  # 0.95 of the way through five steps: three quarters into the last
    "seconds_p99": (0.5 + 0.95 * (1.0 - 0.5), 6),
}


def test_no_metric_is_left_out() -> None:
    """Every metric has its number here, a name of its own and a reading in Japanese."""
    assert list(EXPECTED) == [metric.name for metric in METRICS] == list(BY_NAME)
    assert all(metric.label and metric.means for metric in METRICS)


@pytest.mark.parametrize(("name", "expected"), EXPECTED.items())
def test_a_metric_is_the_number_worked_out_by_hand(name: str, expected: tuple[float, int]) -> None:
    """The value, and how many questions it is about."""
    measured = score(BY_NAME[name], SIX)
    assert (measured.value, measured.n) == pytest.approx(expected)
    assert measured.low <= measured.value <= measured.high


def test_what_failed_is_in_no_metric() -> None:
    """A question without a reply is counted apart; every metric is what it would be without the question."""
    cases = (ASKED, a_case(id="c-2", question="応答しない質問"), unanswerable(id="c-3", question="予算は?"))
    subject = Scripted({ASKED.question: RIGHT, "予算は?": a_refusal()})
    whole = run_sets([QuestionSet("set", cases)], subject, started="", revision="")
    without = run_sets([QuestionSet("set", cases[::2])], subject, started="", revision="")
    assert [failure.case.id for failure in whole.failures] == ["c-2"]
    for metric in METRICS:
        if not metric.name.startswith("seconds"):
            assert score(metric, whole.outcomes) == score(metric, without.outcomes)
    assert score(BY_NAME["seconds_p50"], whole.outcomes).n == 2


def test_a_refusal_is_never_a_wrong_answer_and_an_answer_never_a_refusal() -> None:
    """Right, wrong answers and false refusals are all there is to an answerable question."""
    names = ("right", "wrong_answers", "false_refusals")
    values = [score(BY_NAME[name], SIX[:3]).value for name in names]
    assert values == [pytest.approx(1 / 3)] * 3


def test_each_metric_knows_which_way_is_better() -> None:
    """What is lower when it is better: mistakes and seconds; lengths are neither."""
    lower = {metric.name for metric in METRICS if metric.better is Better.LOWER}
    neither = {metric.name for metric in METRICS if metric.better is Better.NEITHER}
    assert lower == {
        "wrong_answers", "false_refusals", "town_leaks", "too_long", "seconds_p50", "seconds_p95", "seconds_p99"
    }  # fmt: skip
    assert neither == {"answer_characters", "quote_characters"}
