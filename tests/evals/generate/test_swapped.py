"""Questions put to other municipalities, which cannot answer them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from assistant.answer import Reason
from evals.case import Case, Evidence
from evals.corpus import Corpus
from evals.generate.swapped import swap_towns
from ingest.document import Contact, Document, Plan


def _plan(plan_id: str, town: str, reading: str, prefecture: str) -> Plan:
    title = f"{town}DX推進計画"
    return Plan(plan_id, town, reading, "000000", prefecture, title, None, None, None, None, "", "", Contact())


A = _plan("a", "甲山町", "こうやまちょう", "青森県")
B = _plan("b", "乙川町", "おつかわちょう", "福井県")


def _corpus(a: str, b: str) -> Corpus:
    return Corpus({"a": a, "b": b}, {"a": A.municipality, "b": B.municipality})


def _case(question: str, quote: str, must: str, **changes: Any) -> Case:
    case = Case(
        id="dev-1",
        question=question,
        persona="staff",
        type="fact",
        towns=(A.municipality,),
        scope=(),
        history=(),
        evidence=(Evidence("a", quote),),
        all_evidence=False,
        must=((must,),),
        must_not=(),
        abstain=False,
    )
    return replace(case, **changes)


HOME = "グループウェアは令和5年度に更新します。窓口は平日に開きます。"
AWAY = "テレワークを進めます。職員の研修を毎年行います。"
ASKED = _case("甲山町のグループウェアはいつ更新しますか。", "グループウェアは令和5年度に更新します。", "令和5年度")


def test_a_fact_that_only_one_plan_has_cannot_be_asked_of_the_other() -> None:
    """The question names the other municipality, expects a refusal and has no key; its origin is the written case."""
    (swap,) = swap_towns([ASKED], _corpus(HOME, AWAY), [A, B])
    assert swap.question == "乙川町のグループウェアはいつ更新しますか。"
    assert (swap.abstain, swap.reason, swap.must, swap.evidence) == (True, Reason.NOT_IN_PLANS, (), ())
    assert (swap.towns, swap.origin, swap.type, swap.tags) == (("乙川町",), "dev-1", "unanswerable", ("town-swap",))


@pytest.mark.parametrize(
    "away",
    [
        pytest.param("グループウェアを使います。", id="the other plan tells of the same thing"),
        pytest.param("ｸﾞﾙｰﾌﾟｳｪｱを使います。", id="in half-width kana"),
        pytest.param("庁内<b>グループウェア</b>の利用", id="inside mark-up"),
    ],
)
def test_a_question_whose_topic_the_other_plan_has_is_left_out(away: str) -> None:
    """It might be answered there after all, with another value."""
    assert swap_towns([ASKED], _corpus(HOME, away), [A, B]) == ()


def test_what_every_plan_tells_of_itself_is_left_out() -> None:
    """Another plan answers who decides without a word of the question: 会議体 here, 本部 there."""
    case = _case("甲山町で推進の意思決定を行う会議体は何ですか。", "課長会議が意思決定を行う", "課長会議")
    corpus = _corpus("課長会議が意思決定を行う会議体です。", "町長を本部長とする推進本部が方針を決めます。")
    assert swap_towns([case], corpus, [A, B]) == ()


def test_a_synonym_in_the_other_plan_keeps_a_question_out() -> None:
    """高齢の方 are シニア, so the other plan does not lack them."""
    case = _case("甲山町のシニアの囲碁大会はどこですか。", "シニアの集いは本庁です。", "本庁")
    home = "シニアの集いは本庁です。"
    assert len(swap_towns([case], _corpus(home, "職員の研修です。"), [A, B])) == 1
    assert swap_towns([case], _corpus(home, "高齢の方の相談です。"), [A, B]) == ()


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            replace(ASKED, question="甲山町と乙川町のグループウェアはいつ更新しますか。"), id="both are named"
        ),
        pytest.param(replace(ASKED, question="甲山町のグループウェアは青森県でいつ更新しますか。"), id="prefecture"),
        pytest.param(replace(ASKED, question="グループウェアはいつ更新しますか。"), id="nothing to change"),
        pytest.param(replace(ASKED, type="compare"), id="a comparison"),
        pytest.param(replace(ASKED, all_evidence=True), id="several facts"),
        pytest.param(replace(ASKED, tags=("two-questions",)), id="two questions"),
        pytest.param(replace(ASKED, abstain=True, evidence=(), must=()), id="unanswerable already"),
    ],
)
def test_what_cannot_be_put_to_another_surely_is_left_out(case: Case) -> None:
    """Rather no question than one with a wrong key."""
    assert swap_towns([case], _corpus(HOME, AWAY), [A, B]) == ()


def test_the_filter_alone_can_name_the_municipality() -> None:
    """The words stay as they are; the filter holds the other municipality."""
    case = replace(ASKED, question="グループウェアはいつ更新しますか。", scope=(A.municipality,))
    (swap,) = swap_towns([case], _corpus(HOME, AWAY), [A, B])
    assert (swap.question, swap.scope) == (case.question, (B.municipality,))


def test_prefecture_title_and_reading_change_with_the_name() -> None:
    """No trace of the first municipality is left."""
    case = replace(
        ASKED, question="青森県甲山町（こうやまちょう）の甲山町DX推進計画でグループウェアはいつ更新しますか。"
    )
    (swap,) = swap_towns([case], _corpus(HOME, AWAY), [A, B])
    assert swap.question == "福井県乙川町（おつかわちょう）の乙川町DX推進計画でグループウェアはいつ更新しますか。"


def test_no_swap_of_the_shipped_questions_holds_its_key_in_the_other_plan(
    dev_cases: tuple[Case, ...], documents: tuple[Document, ...]
) -> None:
    """None of the evidence stands in the plan that is asked now, and there are enough of them to measure with."""
    plans = [document.plan for document in documents]
    corpus = Corpus({d.plan.plan_id: d.text for d in documents}, {p.plan_id: p.municipality for p in plans})
    origins = {case.id: case for case in dev_cases}
    swaps = swap_towns(dev_cases, corpus, plans)
    assert len(swaps) >= 150
    for swap in swaps:
        plan = swap.id.rpartition("-")[2]
        assert corpus.municipalities[plan] in swap.municipalities
        assert not any(passage.quote in corpus.texts[plan] for passage in origins[swap.origin].evidence)
