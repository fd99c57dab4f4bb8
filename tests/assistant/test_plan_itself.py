"""Questions about a plan as a whole, in everyday words: how long it runs, why it was made, what is in it."""

from __future__ import annotations

import pytest

from assistant.answer import Reason, Turn
from tests.assistant.asking import Ask, places

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


@pytest.mark.parametrize("asks", ["は、なぜ作られたのですか", "は何のために作ったのですか", "を作ったのはどうして？"])
def test_why_a_plan_was_made_is_its_purpose(ask: Ask, asks: str) -> None:
    """The purpose, and no entry of the glossary that speaks of making something."""
    answer = ask(f"上里町の計画{asks}")
    assert "計画の目的" in " ".join(answer.citations[0].heading_path)


def test_what_is_set_aside_is_not_answered_from(ask: Ask) -> None:
    """「A」とは別に「B」: the rows of B."""
    answer = ask("上毛町で「重点的に取り組む事項」とは別に「取り組むべき事項」とされている取組事項は何ですか。")
    assert [c.heading_path[-1] for c in answer.citations] == ["②取り組むべき事項"] * 3
