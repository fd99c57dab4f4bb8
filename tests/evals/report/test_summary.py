"""A run in figures."""

from __future__ import annotations

from evals.metrics import METRICS
from evals.report.glance import Tone, cards, counted, sentences
from evals.report.histogram import bars, place
from evals.report.metric_groups import metric_groups
from evals.report.slices import DIMENSIONS, Slice
from evals.report.summary import Report, summarise
from evals.run import Run
from evals.score import score
from tests.evals.making import RIGHT as RIGHT_ANSWER
from tests.evals.making import a_case, a_run, outcome, outcomes


def slice_of(report: Report, dimension: str, name: str) -> Slice:
    """Return one slice."""
    return next(part for part in report.slices if (part.dimension, part.name) == (dimension, name))


def test_every_question_is_there_once(report: Report, run: Run) -> None:
    """Outcomes and failures together, numbered from 1, set by set in the order of the run."""
    assert len(report.results) == len(run.outcomes) + len(run.failures)
    assert [result.number for result in report.results] == list(range(1, len(report.results) + 1))
    assert list(dict.fromkeys(result.set_name for result in report.results)) == [info.name for info in run.info.sets]


def test_the_scores_are_those_of_the_run(report: Report, run: Run) -> None:
    """Every metric, over all outcomes; errors apart."""
    assert report.scores == tuple(score(metric, run.outcomes) for metric in METRICS)
    assert report.errors == len(run.failures)


def test_a_slice_counts_its_own_questions(report: Report, run: Run) -> None:
    """The slice of a set has the set's questions, its errors, and the share that is right among its outcomes."""
    part = slice_of(report, "set", "set")
    own = [o.verdict.right for o in run.outcomes if o.set_name == "set"]
    assert (part.questions, part.errors) == (len(own) + 1, 1)
    assert part.score("right").value == sum(own) / len(own)


def test_a_question_about_two_towns_is_in_both_slices() -> None:
    """A comparison counts for each municipality; a question that names none has a slice of its own, the last."""
    both = outcome(a_case(id="a", towns=("青葉町", "若葉町")), RIGHT_ANSWER)
    parts = summarise(a_run([both, outcome(a_case(id="b", towns=()), RIGHT_ANSWER)])).slices
    assert [(p.name, p.questions) for p in parts if p.dimension == "town"] == [
        ("若葉町", 1),
        ("青葉町", 1),
        ("（指定なし）", 1),
    ]


def test_generated_and_written_questions_are_told_apart(report: Report, run: Run) -> None:
    """A case that a generator made is in another slice than one that was written."""
    made = sum(bool(o.case.origin) for o in run.outcomes)
    assert slice_of(report, "origin", "generated").questions == made
    assert slice_of(report, "origin", "written").questions == len(report.results) - made


def test_every_dimension_is_cut(report: Report) -> None:
    """Sets, personas, types, municipalities, tags and origin all have slices."""
    assert {part.dimension for part in report.slices} == {dimension.name for dimension in DIMENSIONS}


def test_sealed_questions_are_counted_and_not_listed(report: Report) -> None:
    """A sealed set has its slice and is in the totals; none of its questions is in the list or among the failures."""
    assert slice_of(report, "set", "test").questions == 3
    assert len(report.results) - len(report.listed) == 3
    assert not any(result.set_name == "test" for result in (*report.listed, *report.failures))


def test_the_histogram_holds_every_reply(report: Report, run: Run) -> None:
    """The bins add up to the replies, leave no gap, and the quantiles stand within the drawing."""
    times = report.latency
    assert sum(part.replies for part in times.bins) == len(run.outcomes) == times.replies
    assert all(left.end == right.start for left, right in zip(times.bins, times.bins[1:], strict=False))
    assert max(bar.height for bar in bars(times)) == 100
    assert 0 <= place(times, times.shortest) <= place(times, times.longest) <= 100


def test_every_metric_has_a_row() -> None:
    """The groups of the table hold each metric once."""
    names = [metric.name for _, members in metric_groups() for metric in members]
    assert sorted(names) == sorted(metric.name for metric in METRICS)


def test_the_cards_say_how_many_of_how_many(report: Report, run: Run) -> None:
    """The card of right answers counts outcomes; leaks, inexact quotes and errors are marked as what must not happen."""
    right = sum(o.verdict.right for o in run.outcomes)
    assert counted(report, "right") == (right, len(run.outcomes))
    assert [card.tone for card in cards(report)][3:] == [Tone.BAD] * 3
    assert [card.tone for card in cards(summarise(a_run(outcomes([True, False]))))][3:] == [Tone.GOOD] * 3


def test_the_sentences_give_the_same_figures() -> None:
    """Two of four right, two refused, every quote exact."""
    told = "".join(sentences(summarise(a_run(outcomes([True, True, False, False])))))
    assert "4件の質問のうち2件（50.0%）" in told
    assert "答えのある4件のうち2件では断って" in told
    assert "引用2件は、すべて原文と一字一句同じ" in told
    assert "応答のなかった" not in told


def test_a_run_without_a_reply_has_a_report() -> None:
    """Nothing but errors: scores of nothing, no histogram, and a sentence that says so."""
    empty = summarise(a_run([]))
    assert (empty.latency.bins, empty.slices) == ((), ())
    assert sentences(empty) == ("応答があった質問がないため、評価できませんでした。",)
