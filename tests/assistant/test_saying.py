"""How an answer is put: the fact first, records by their names, several towns side by side, several things one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.assistant.asking import PERIOD, Ask, conversation, places, quoted, towns

if TYPE_CHECKING:
    from ingest.document import Document


def test_the_fact_comes_first(ask: Ask) -> None:
    """A question for the period begins with the period in one sentence, with its mark; the quote follows."""
    first, *_ = ask(f"平生町の{PERIOD}").answer.splitlines()
    assert first == "計画の期間は、令和5年度から令和9年度まで（2023年度から2027年度）の5年間です。[1]"


def test_a_comparison_begins_with_what_differs(ask: Ask) -> None:
    """Two towns' periods: the difference in one sentence that cites both, then a table with a row for each."""
    answer = ask("上毛町と平生町の計画の期間を比べてください。")
    first, _, *rows = answer.answer.splitlines()
    assert first == "期間は、上毛町が4年間、平生町が5年間で、異なります。[1][2]"
    assert [row.split(" | ")[0] for row in rows if row.startswith("| ")] == [
        "| 自治体",
        "| ---",
        "| 上毛町",
        "| 平生町",
    ]
    assert [c.municipality for c in answer.citations] == ["上毛町", "平生町"]


def test_what_was_not_found_is_told_apart(ask: Ask) -> None:
    """A town that says nothing has its row in the table, and is not left out."""
    answer = ask("上毛町と鏡野町の計画の期間を比べてください。")
    assert "鏡野町" in answer.answer
    assert "見つかりませんでした" in answer.answer
    assert towns(answer) == {"上毛町"}


def test_a_field_of_a_record_comes_with_the_records_name(ask: Ask) -> None:
    """A sentence out of a measure's record is shown with the measure's name, which is quoted too."""
    answer = ask("平生町は窓口で申請書を書く手間をどう減らしますか？")
    assert "「書かない窓口」の導入（" in answer.answer
    assert "「書かない窓口」の導入" in quoted(answer)


def test_two_things_asked_are_both_answered(ask: Ask) -> None:
    """A question for two facts that stand in different places gets both, each with its quote."""
    answer = ask("平生町の令和4年度のマイナンバーカードの交付率は何%で、計画の期間は何年度から何年度までですか。")
    assert "74.9%" in quoted(answer)
    assert "令和5(2023)年度から令和9(2027)年度まで" in quoted(answer)


@pytest.mark.parametrize("word", ["OODA", "CISO", "EBPM"])
def test_the_towns_that_mention_a_word_are_those_whose_plans_hold_it(
    ask: Ask, documents: tuple[Document, ...], word: str
) -> None:
    """「どの町の計画に出てきますか」 finds no town whose plan lacks the word, and at least one that holds it."""
    holding = {d.plan.municipality for d in documents if word in d.text}
    found = towns(ask(f"「{word}」という言葉が出てくる町はどこですか？"))
    assert found
    assert found <= holding


@pytest.mark.parametrize("word", ["ワンストップ", "CISO", "BCP"])
def test_each_town_that_is_shown_is_quoted(ask: Ask, word: str) -> None:
    """A town that merely mentions a word is shown with its quote, however unsure its evidence; no answer goes without one."""
    answer = ask(f"{word}に触れている町はどこですか")
    assert answer.abstained or answer.citations
    shown = {line.strip("【】") for line in answer.answer.splitlines() if line.startswith("【")}
    assert shown <= towns(answer)


def test_the_date_on_the_cover_answers_when_a_plan_was_made(ask: Ask) -> None:
    """When the plan itself was made or revised is read from its cover, whatever dates stand in its text."""
    assert quoted(ask("平生町のDX推進計画が作られたのは何年何月ですか？")).replace(" ", "") == "令和5年(2023年)7月"
    assert "令和8年3月" in quoted(ask("上毛町の計画が改正されたのはいつですか？"))


def test_a_definition_that_the_plan_does_not_give_is_not_made_up(ask: Ask) -> None:
    """A word that a plan uses without explaining it has no definition there."""
    assert ask("上里町の計画で、RPAという用語の定義は何ですか？").abstained


def test_what_is_said_not_to_be_asked_is_left_out(ask: Ask) -> None:
    """A clause 「…ではなく」 does not change what is asked."""
    plain = ask(f"平生町の{PERIOD}")
    assert places(ask(f"平生町の交付率のことではなくて、{PERIOD}")) == places(plain) != []


def test_a_town_alone_asks_the_question_before_again(ask: Ask) -> None:
    """「上毛町は？」 after a question gets what that question gets with the town in it."""
    history = conversation("鏡野町のAIとRPAの取組は？", "AI・RPAの利用を進めます。")
    assert places(ask("平生町は？", history=history)) == places(ask("平生町のAIとRPAの取組は？")) != []


def test_a_service_comes_with_where_to_ask(ask: Ask) -> None:
    """Who asks whether something can be had is told that the plan is a plan, and whose office knows; who asks for a date is not."""
    assert "平生町の窓口へお問い合わせください" in ask("平生町のスマホ教室で操作を教えてもらえますか？").answer
    assert "窓口へお問い合わせ" not in ask(f"平生町の{PERIOD}").answer
