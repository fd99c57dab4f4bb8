"""Questions about a plan as a whole, in everyday words: how long it runs, why it was made, what is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from assistant.answer import Question, Reason, Turn
from assistant.assistant import Assistant
from assistant.own_measures import LISTED
from index.build import build_index
from index.index import Index
from ingest.commitments.find import commitments
from ingest.read_folder import read_plans
from tests.assistant.asking import Ask, places

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from index.embedder import Embedder

TOWNS = ("平生町", "鏡野町", "上郡町", "上里町", "上毛町")


@pytest.mark.parametrize("town", ["平生町", "上郡町", "上毛町"])
@pytest.mark.parametrize(
    "asks", ["はいつまでですか", "は何年まで？", "っていつまでやっているの", "は何年間ですか", "はいつからいつまで？"]
)
def test_the_period_in_other_words_is_the_period(ask: Ask, town: str, asks: str) -> None:
    """The first thing cited is what is cited for 「計画の期間」."""
    assert places(ask(f"{town}の計画{asks}"))[:1] == places(ask(f"{town}の計画の期間は？"))[:1] != []


@pytest.mark.parametrize("asks", ["はいつまでですか", "は何年まで？", "の期間は？"])
def test_a_deadline_of_the_plan_is_not_its_end(ask: Ask, asks: str) -> None:
    """鏡野町's plan tells no period, but years by which something is done."""
    assert ask(f"鏡野町の計画{asks}").reason is Reason.NOT_IN_PLANS


@pytest.mark.parametrize("asks", ["の期間は？", "はいつまでですか", "は何年まで？"])
def test_the_period_of_a_plan_in_the_glossary_is_not_its_own(ask: Ask, asks: str) -> None:
    """上里町's plan says that it has no period; a note tells another plan's."""
    answer = ask(f"上里町の計画{asks}")
    assert "期間を定めない" in answer.citations[0].quote
    assert "総合振興計画" not in answer.answer


@pytest.mark.parametrize("town", TOWNS)
@pytest.mark.parametrize(
    "asks",
    [
        "にはどんなことが書いてありますか",
        "の内容を教えてください",
        "の概要は？",
        "には何が載っているの",
        "ってどんなもの？",
    ],
)
def test_what_a_plan_is_about_is_told_by_its_headings(ask: Ask, town: str, asks: str) -> None:
    """Every citation is one of the outermost headings, in their order."""
    answer = ask(f"{town}の計画{asks}")
    assert len(answer.citations) > 2
    assert all(len(citation.heading_path) <= 1 for citation in answer.citations)
    starts = [citation.start for citation in answer.citations]
    assert starts == sorted(starts)


@pytest.mark.parametrize(
    ("asks", "first"), [("にはどんなことが書いてありますか", "総論"), ("はいつまでですか", "令和9")]
)
def test_the_plan_is_asked_for_whatever_was_spoken_of_before(ask: Ask, asks: str, first: str) -> None:
    """The topic of the question before is none of this one's, which names the plan."""
    before = ask("上郡町は役場に行かなくてもよくなりますか？")
    history = [Turn("user", before.question), Turn("assistant", before.answer)]
    answer = ask(f"平生町の計画{asks}", history=history)
    assert first in answer.citations[0].quote
    assert len(answer.citations) == len(ask(f"平生町の計画{asks}").citations)


def test_a_topic_in_the_plan_is_not_the_plan(ask: Ask) -> None:
    """What the plan says about something is asked, not what it is about."""
    assert "窓口" in ask("平生町の計画では窓口について何が書かれていますか").citations[0].quote
    assert ask("平生町の計画にごみの収集のことは何が書いてありますか").abstained


@pytest.mark.parametrize("town", ["平生町", "鏡野町", "上里町", "上毛町"])
@pytest.mark.parametrize(
    "asks",
    [
        "は何をするつもりですか",
        "はこれから何に力を入れますか",
        "の取組事項をすべて教えて",
        "の計画ではどんなことに取り組みますか",
        "って何をしてくれるん？",
    ],
)
def test_what_a_town_does_is_told_by_its_measures(ask: Ask, assistant: Assistant, town: str, asks: str) -> None:
    """Their titles, all of them, in the plan's order: those that the register shows."""
    index = assistant.index
    plan = next(plan for plan in index.plans if plan.municipality == town)
    measures = commitments(plan, index.chunks(plan.plan_id), index.text(plan.plan_id))
    assert places(ask(f"{town}{asks}")) == [
        (plan.plan_id, measure.title.spans[0].start, measure.title.spans[0].end) for measure in measures
    ]


def test_a_plan_without_measures_is_answered_from_what_it_says_of_them(ask: Ask) -> None:
    """上郡町's plan has none in the form of records: the headings of the chapter on them."""
    answer = ask("上郡町は何をするつもりですか")
    assert any("取り組みの視点" in citation.quote for citation in answer.citations)


def test_of_very_many_measures_the_first_are_named_and_their_number_is_told(
    tmp_path: Path, embedder: Embedder, now: datetime
) -> None:
    """A plan with a hundred measures: neither a hundred lines, nor thirty that pass for all."""
    measures = "\n\n".join(f"## ({n}) 第{n}地区の見守りの充実\n\n地区の見守りを広げます。" for n in range(1, 101))
    (tmp_path / "plan.txt").write_text(f"# 見本町見守り計画\n\n# 1. 取組事項\n\n{measures}\n", "utf-8")
    (tmp_path / "plans.toml").write_text(
        '[[plans]]\nfile = "plan.txt"\nplan_id = "plan"\nmunicipality = "見本町"\nreading = ""\ncode = "990001"\n'
        'prefecture = "東京都"\ntitle = "見本町見守り計画"\n',
        "utf-8",
    )
    build_index(read_plans([tmp_path]).documents, tmp_path / "index", embedder=embedder)
    with Index.open(tmp_path / "index", embedder=embedder) as index:
        answer = Assistant(index, clock=lambda: now).answer(Question("見本町は何をするつもりですか"))
    assert len(answer.citations) == LISTED
    assert any("100件" in notice for notice in answer.notices)


def test_what_is_done_about_something_is_no_question_for_all(ask: Ask) -> None:
    """Neither where the question names it, nor where the conversation has."""
    assert len(ask("鏡野町は情報が漏れないようにどんな対策をしますか").citations) < 4
    history = [Turn("user", "上毛町のテレワークは？"), Turn("assistant", ask("上毛町のテレワークは？").answer)]
    assert len(ask("平生町は何をしますか", history=history).citations) < 8


@pytest.mark.parametrize(
    "asks",
    [
        "の取組は何人でやりますか",
        "の施策は何に基づいていますか",
        "は何を予定より遅らせましたか",
        "は何をする人を雇いますか",
        "の取組を教えた人は誰ですか",
        "の計画の内容は誰が決めますか",
        "の計画の内容はいつ見直しますか",
        "の計画の内容が変わることはありますか",
    ],
)
def test_what_is_asked_of_the_measures_is_no_question_for_them(ask: Ask, asks: str) -> None:
    """A number, a reason, a person: neither the titles of all measures nor all headings."""
    answer = ask(f"上毛町{asks}")
    assert len(answer.citations) < 6


@pytest.mark.parametrize(
    "asks",
    [
        "どんな取組がありますか",
        "取組の一覧を見せて",
        "取組は何件ありますか",
        "取組はいくつ？",
        "具体的にはどんなことをしますか",
        "今何をしていますか",
        "今後は何をしますか",
    ],
)
def test_measures_are_asked_for_in_many_words(ask: Ask, asks: str) -> None:
    """All of them."""
    assert places(ask(f"上毛町は{asks}" if asks[0] != "取" else f"上毛町の{asks}")) == places(
        ask("上毛町は何をしますか")
    )


@pytest.mark.parametrize(
    "asks", ["の主な内容は？", "に何て書いてある？", "のポイントは？", "を要約して", "に書いてあることを教えて"]
)
def test_contents_are_asked_for_in_many_words(ask: Ask, asks: str) -> None:
    """The outermost headings."""
    assert places(ask(f"上毛町の計画{asks}")) == places(ask("上毛町の計画の内容は？"))


@pytest.mark.parametrize(
    "asks", ["はいつ終わりますか", "の終わりは？", "の最終年度は？", "は、いつまで？", "は何か年ですか"]
)
def test_the_end_of_a_plan_is_asked_for_in_many_words(ask: Ask, asks: str) -> None:
    """Its period."""
    assert places(ask(f"上毛町の計画{asks}"))[:1] == places(ask("上毛町の計画の期間は？"))[:1]


@pytest.mark.parametrize("asks", ["は、なぜ作られたのですか", "は何のために作ったのですか", "を作ったのはどうして？"])
def test_why_a_plan_was_made_is_its_purpose(ask: Ask, asks: str) -> None:
    """The purpose, and no entry of the glossary that speaks of making something."""
    answer = ask(f"上里町の計画{asks}")
    assert "計画の目的" in " ".join(answer.citations[0].heading_path)


def test_what_is_set_aside_is_not_answered_from(ask: Ask) -> None:
    """「A」とは別に「B」: the rows of B."""
    answer = ask("上毛町で「重点的に取り組む事項」とは別に「取り組むべき事項」とされている取組事項は何ですか。")
    assert [c.heading_path[-1] for c in answer.citations] == ["②取り組むべき事項"] * 3
