"""What is counted about one outcome: the numbers that the metrics add up. Each is documented by an example."""

from __future__ import annotations

from collections.abc import Callable

from evals.outcome import Outcome


def right(outcome: Outcome) -> float:
    """Return 1 for a right answer and for a right refusal.

    「計画期間は?」 answered with the period and its sentence cited: 1. Answered from the neighbouring sentence: 0. A question
    whose answer no plan holds, and 「見つかりませんでした」: 1.
    """
    return float(outcome.verdict.right)


def fact_recall(outcome: Outcome) -> float:
    """Return how many of the facts asked for the answer holds; weight: the facts asked for.

    Asked for 令和5年度 and 令和9年度, answered 「令和5年度から」: 1 of 2.
    """
    return float(outcome.verdict.facts_found)


def fact_precision(outcome: Outcome) -> float:
    """Return how many of the dates, numbers and names that an answer states are in its citations; weight: those stated.

    「令和8年度に42件」 over the quote 「令和８年度に40件」: 1 of 2.
    """
    return float(outcome.verdict.facts_stated - outcome.verdict.facts_unproven)


def citation_precision(outcome: Outcome) -> float:
    """Return how many citations show evidence of the key or a fact asked for; weight: the citations.

    Two citations, one of them the sentence with the period and one about the committee: 1 of 2.
    """
    return float(outcome.verdict.citations_fitting)


def citation_recall(outcome: Outcome) -> float:
    """Return how many of the passages that have to be cited are; weight: those passages.

    A comparison of two towns with one of them cited: 1 of 2. A fact that stands in three places, cited from one: 1 of 1.
    """
    return float(outcome.verdict.passages_found)


def citation_exactness(outcome: Outcome) -> float:
    """Return how many quotes are character for character what the plan holds at their place; weight: the citations.

    The plan's 「令和５年度」 quoted as 「令和5年度」, or one character further on: not exact.
    """
    return float(outcome.verdict.citations_exact)


def abstained(outcome: Outcome) -> float:
    """Return 1 for a refusal. Over the answerable these are false refusals, over the others abstention's recall."""
    return float(outcome.verdict.abstained)


def rightly_abstained(outcome: Outcome) -> float:
    """Return 1 for a refusal of what no plan answers. Over all refusals: abstention's precision."""
    return float(outcome.verdict.abstained and not outcome.verdict.answerable)


def wrong_answer(outcome: Outcome) -> float:
    """Return 1 for what was answered and is not right, whether the plans answer it or not. A refusal is never one."""
    return float(not outcome.verdict.abstained and not outcome.verdict.right)


def leak(outcome: Outcome) -> float:
    """Return 1 when an answer cites a municipality that was neither named nor selected.

    Asked of one 町, answered with a sentence from the plan of its near-namesake: 1.
    """
    return float(outcome.verdict.leaked > 0)


def one(_: Outcome) -> float:
    return 1.0


def every(_: Outcome) -> bool:
    return True


def answerable(outcome: Outcome) -> bool:
    return outcome.verdict.answerable


def answered(outcome: Outcome) -> bool:
    return not outcome.verdict.abstained


def rightly_answered(outcome: Outcome) -> bool:
    return outcome.verdict.answerable and not outcome.verdict.abstained


def ranked(outcome: Outcome) -> bool:
    return outcome.ranking is not None


def ranking(name: str) -> Callable[[Outcome], float]:
    return lambda outcome: float(getattr(outcome.ranking, name))
