"""An answer against the key, field by field; the answers are worked out by hand."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from assistant.answer import Answer, Citation, Reason
from evals.case import Case, Evidence
from evals.verdict import Verdict, judge
from tests.evals.making import (
    CORPUS,
    DATA,
    OFFICE,
    PERIOD,
    RIGHT,
    YEARLY,
    a_case,
    a_refusal,
    an_answer,
    cite,
    unanswerable,
)

THEIRS = "計画期間は、令和６年度から令和８年度までの３年間とする。"
BOTH = a_case(
    type="compare",
    towns=("青葉町", "若葉町"),
    evidence=(Evidence("aoba", PERIOD), Evidence("wakaba", THEIRS)),
    all_evidence=True,
    must=(("5年",), ("3年",)),
    must_not=(),
)


def verdict(case: Case, answer: Answer) -> Verdict:
    """Return the verdict over the two plans."""
    return judge(case, answer, CORPUS)


def test_a_right_answer_in_every_field() -> None:
    """「令和５年度から令和９年度までです。[1]」 over its sentence: nothing is wrong with it."""
    assert asdict(verdict(a_case(), RIGHT)) == {
        "answerable": True,
        "abstained": False,
        "right": True,
        "facts_asked": 2,
        "facts_found": 2,
        "facts_stated": 2,
        "facts_unproven": 0,
        "unproven": (),
        "forbidden": (),
        "passages_asked": 1,
        "passages_found": 1,
        "citations": 1,
        "citations_fitting": 1,
        "citations_exact": 1,
        "leaked": 0,
        "reason_asked": False,
        "reason_right": False,
        "characters": 20,
        "too_long": False,
        "quote_characters": 28,
    }


@pytest.mark.parametrize(
    "said", ["令和 ５ 年度\nから 令和９年度", "２０２３年度〜2027年度", "2023年度から、令和9年度まで"]
)
def test_a_fact_may_be_written_in_any_width_and_in_each_of_its_forms(said: str) -> None:
    """Keys are compared after NFKC and without white space; one alternative of each group is enough."""
    assert verdict(a_case(), an_answer(said, cite(PERIOD))).right


@pytest.mark.parametrize(
    ("said", "found"), [("令和5年度から", 1), ("2027年度まで", 1), ("令和5年から令和9年", 0), ("令和15年度と19年度", 0)]
)
def test_a_missing_fact_makes_an_answer_wrong(said: str, found: int) -> None:
    """One group missing is enough, and 年 is not 年度."""
    judged = verdict(a_case(), an_answer(said, cite(PERIOD)))
    assert (judged.right, judged.facts_found) == (False, found)


@pytest.mark.parametrize(
    ("said", "states"),
    [
        ("13件です", True),
        ("合計 １３ 件", True),
        ("213件", False),
        ("1,013件", False),
        ("表1 13件", True),
        ("0.13件", False),
    ],
)
def test_a_figure_of_the_key_is_a_whole_figure(said: str, states: bool) -> None:
    """13件 is not in 213件, whether it is asked for or forbidden."""
    asked = a_case(must=(("13件",),), must_not=(), evidence=(Evidence("aoba", DATA),))
    assert verdict(asked, an_answer(said, cite(DATA))).facts_found == states
    assert bool(verdict(a_case(must_not=("13件",)), an_answer(said, cite(DATA))).forbidden) == states


def test_a_forbidden_word_makes_an_answer_wrong() -> None:
    """Another year beside the right ones, in any width."""
    judged = verdict(a_case(), an_answer("令和５年度から令和９年度（改訂前は令和６年度）", cite(PERIOD)))
    assert (judged.right, judged.forbidden, judged.facts_found) == (False, ("令和6年度",), 2)


def test_without_its_evidence_an_answer_is_wrong() -> None:
    """The facts from the neighbouring sentence, or from nowhere."""
    for citations in ((cite(YEARLY),), ()):
        judged = verdict(a_case(), an_answer("令和5年度から令和9年度", *citations))
        assert (judged.right, judged.passages_found, judged.passages_asked) == (False, 0, 1)


def test_the_same_words_in_another_towns_plan_are_no_evidence() -> None:
    """The sentence about the office stands in both plans; only the town that was asked about proves it."""
    case = a_case(evidence=(Evidence("aoba", OFFICE),), must=(("企画課",),), must_not=())
    assert verdict(case, an_answer("企画課です", cite(OFFICE))).right
    judged = verdict(case, an_answer("企画課です", cite(OFFICE, "wakaba")))
    assert (judged.right, judged.passages_found, judged.citations_fitting, judged.leaked) == (False, 0, 0, 1)


def test_any_passage_is_enough_unless_all_are_needed() -> None:
    """A comparison with one town cited is half cited; with both it is right."""
    said = "青葉町は5年間、若葉町は3年間です"
    half = verdict(BOTH, an_answer(said, cite(PERIOD)))
    whole = verdict(BOTH, an_answer(said, cite(PERIOD), cite(THEIRS, "wakaba", n=2)))
    assert (half.right, half.passages_asked, half.passages_found) == (False, 2, 1)
    assert (whole.right, whole.passages_asked, whole.passages_found, whole.leaked) == (True, 2, 2, 0)
    either = a_case(evidence=(Evidence("aoba", DATA), Evidence("aoba", PERIOD)))
    assert verdict(either, RIGHT).right


@pytest.mark.parametrize(
    ("quote", "fits"), [(PERIOD, 1), ("令和５年度から令和９年度まで", 1), (DATA, 0), ("青葉町DX推進計画", 0)]
)
def test_a_citation_fits_when_it_shows_evidence_or_a_fact(quote: str, fits: int) -> None:
    """A piece of the sentence with the facts fits; another sentence of the same plan does not."""
    judged = verdict(a_case(), an_answer("令和5年度から令和9年度", cite(quote)))
    assert judged.citations_fitting == fits


@pytest.mark.parametrize(
    ("changes", "limit"),
    [
        ({}, 800),
        ({"type": "list"}, 1_500),
        ({"type": "table"}, 1_500),
        ({"type": "noisy", "all_evidence": True}, 1_500),
    ],
)
def test_the_length_limit_depends_on_what_is_asked(changes: dict[str, object], limit: int) -> None:
    """800 characters, or 1,500 where several facts are asked for; white space counts, since people read it."""
    case, head = a_case(**changes), "令和5年度から令和9年度まで\n"
    just = verdict(case, an_answer(head + "。" * (limit - len(head)), cite(PERIOD)))
    over = verdict(case, an_answer(head + "\n" * (limit + 1 - len(head)), cite(PERIOD)))
    assert (just.characters, just.too_long, just.right) == (limit, False, True)
    assert (over.characters, over.too_long, over.right) == (limit + 1, True, False)


@pytest.mark.parametrize(
    "citation",
    [
        cite(PERIOD, start=cite(PERIOD).start + 1, end=cite(PERIOD).end + 1),
        cite(PERIOD, quote=PERIOD.replace("５", "5")),
        cite(PERIOD, quote=PERIOD[:-1]),
        cite(PERIOD, plan_id="sakura"),
        cite(PERIOD, start=10_000, end=10_000 + len(PERIOD)),
        cite(PERIOD, start=-len(PERIOD), end=-1),
        cite(PERIOD, start=9, end=9),
        cite(PERIOD, quote="", start=9, end=9),
        cite(PERIOD, start=9, end=5),
    ],
    ids="shifted half-width shortened unknown-plan beyond-the-end negative no-width empty backwards".split(),
)
def test_a_quote_is_exact_or_the_answer_is_wrong(citation: Citation) -> None:
    """Character for character at its place; a place that the plan does not have is never exact."""
    judged = verdict(a_case(), an_answer("令和5年度から令和9年度", citation))
    assert (judged.citations, judged.citations_exact, judged.right) == (1, 0, False)


@pytest.mark.parametrize(
    ("towns", "scope", "leaked"),
    [(("青葉町",), (), 1), ((), ("青葉町",), 1), (("青葉町",), ("若葉町",), 0), (("桜町",), (), 2), ((), (), 0)],
)
def test_a_citation_leaks_from_a_town_neither_named_nor_selected(
    towns: tuple[str, ...], scope: tuple[str, ...], leaked: int
) -> None:
    """Where none was, every town may be cited."""
    answer = an_answer("企画課です", cite(OFFICE), cite(OFFICE, "wakaba", n=2))
    assert verdict(a_case(towns=towns, scope=scope), answer).leaked == leaked


def test_a_refusal_is_right_where_no_plan_answers_and_wrong_elsewhere() -> None:
    """It states nothing, cites nothing and leaks nothing."""
    wrong, right = verdict(a_case(), a_refusal()), verdict(unanswerable(), a_refusal())
    assert (wrong.right, wrong.answerable, wrong.abstained) == (False, True, True)
    assert (right.right, right.answerable, right.abstained) == (True, False, True)
    assert (right.facts_stated, right.facts_unproven, right.citations, right.passages_asked) == (0, 0, 0, 0)
    answered = verdict(unanswerable(), RIGHT)
    assert (answered.right, answered.reason_asked) == (False, False)


@pytest.mark.parametrize(
    ("key", "given", "asked", "right"),
    [
        (Reason.NOT_IN_PLANS, Reason.NOT_IN_PLANS, True, True),
        (Reason.NOT_IN_PLANS, Reason.OUT_OF_SCOPE, True, False),
        (None, Reason.OUT_OF_SCOPE, False, False),
    ],
)
def test_a_reason_counts_where_the_key_gives_one(key: Reason | None, given: Reason, asked: bool, right: bool) -> None:
    """A refusal for another reason is still a right refusal."""
    judged = verdict(unanswerable(reason=key), a_refusal(given))
    assert (judged.right, judged.reason_asked, judged.reason_right) == (True, asked, right)


def test_what_the_quotes_do_not_hold_is_unproven() -> None:
    """「令和８年度に42件」 over 13件: the year and the figure; the town stands in the citation, the topic in the question."""
    judged = verdict(a_case(), an_answer("青葉町は令和８年度に42件です。[1]", cite(DATA)))
    assert judged.unproven == ("2026年度", "42")
    assert (judged.facts_unproven, judged.facts_stated) == (2, 3)
