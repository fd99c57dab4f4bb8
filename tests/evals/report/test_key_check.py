"""A reply beside its key."""

from __future__ import annotations

from evals.case import Evidence
from evals.report.key_check import Plan, check_key, plans_of
from evals.report.summary import Report
from tests.evals.making import OFFICE, PERIOD, RIGHT, YEARLY, a_case, a_refusal, an_answer, cite

PLANS = {"aoba": Plan("青葉町", "青葉町DX推進計画"), "wakaba": Plan("若葉町", "若葉町DX推進計画")}


def test_the_marks_agree_with_the_verdicts(report: Report) -> None:
    """Facts found, forbidden words and passages cited are as many as the verdict counted, for every question."""
    plans = plans_of(result.outcome for result in report.results if result.outcome)
    for result in report.results:
        if result.outcome is None:
            continue
        verdict = result.outcome.verdict
        checked = check_key(result.case, result.outcome.answer, plans)
        cited = [proof.cited for proof in checked.proofs]
        assert sum(fact.found for fact in checked.facts) == verdict.facts_found
        assert sum(fact.found for fact in checked.forbidden) == len(verdict.forbidden)
        assert (sum(cited) if result.case.all_evidence else any(cited)) == verdict.passages_found
        assert sum(citation.leaked for citation in checked.citations) == verdict.leaked


def test_each_fact_has_its_own_mark() -> None:
    """The first year is in the answer, the last is not."""
    checked = check_key(a_case(), an_answer("令和５年度から", cite(PERIOD)), PLANS)
    assert [fact.found for fact in checked.facts] == [True, False]


def test_each_passage_has_its_own_mark() -> None:
    """Of two passages one is cited; the citation that shows it is marked, another is not."""
    case = a_case(evidence=(Evidence("aoba", PERIOD), Evidence("aoba", YEARLY)), all_evidence=True)
    checked = check_key(case, an_answer("…", cite(PERIOD), cite(OFFICE, n=2)), PLANS)
    assert [proof.cited for proof in checked.proofs] == [True, False]
    assert [citation.proves for citation in checked.citations] == [True, False]


def test_without_a_reply_nothing_is_found() -> None:
    """An error and a refusal have neither facts nor passages; a plan that no citation names has no title."""
    for answer in (None, a_refusal()):
        checked = check_key(a_case(), answer, {})
        assert not any(fact.found for fact in checked.facts)
        assert [(proof.plan, proof.cited) for proof in checked.proofs] == [(None, False)]


def test_a_citation_from_elsewhere_is_marked() -> None:
    """Asked of one town, a citation of the other is marked; asked of none, it is not."""
    answer = an_answer(RIGHT.answer, cite(OFFICE, "wakaba"))
    assert [c.leaked for c in check_key(a_case(), answer, PLANS).citations] == [True]
    assert [c.leaked for c in check_key(a_case(towns=()), answer, PLANS).citations] == [False]
