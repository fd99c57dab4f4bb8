"""What of a chat model's words is kept: sentences whose cited quotes hold all that they say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answer import Answer
from assistant.guard import proven_sentences
from tests.assistant.asking import PERIOD, Ask

QUESTION = f"平生町の{PERIOD}"
FAITHFUL = "平生町の計画の期間は、令和5年度から令和9年度までの5年間です。[1]"


@pytest.fixture(scope="module")
def period(ask: Ask) -> Answer:
    """One quote: 「本計画の期間は、令和5(2023)年度から令和9(2027)年度までの5年間とします。」."""
    answer = ask(QUESTION)
    assert [c.quote for c in answer.citations] == [
        "本計画の期間は、令和5(2023)年度から令和9(2027)年度までの5年間とします。"
    ]
    return answer


@pytest.fixture(scope="module")
def both(ask: Ask) -> Answer:
    """Two quotes: 平生町's period is [1], 上毛町's is [2]."""
    answer = ask("平生町と上毛町の計画期間を比べてください")
    assert [c.municipality for c in answer.citations] == ["平生町", "上毛町"]
    return answer


@pytest.mark.parametrize(
    "sentence",
    [
        FAITHFUL,
        "計画期間は2023年度から2027年度までです[1]",
        "・令和5年度から令和9年度まで [1]",
        "計画の期間は、Ｒ５年度から令和９年度までです。[1]",
        "本計画の期間は、令和5(2023)年度から令和9(2027)年度までの5年間とします。[1]",
    ],
)
def test_what_the_quote_holds_is_kept(period: Answer, sentence: str) -> None:
    """A cited sentence is kept in other words, in Western years or eras, full-width or not."""
    assert proven_sentences(sentence, period) == [sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "令和5年度から令和8年度までの5年間です。[1]",
        "計画の期間は4年間です。[1]",
        "計画の期間は四年間です。[1]",
        "計画の期間は50年間です。[1]",
        "計画の期間は2023年度から2028年度までです。[1]",
    ],
)
def test_another_figure_is_dropped(period: Answer, sentence: str) -> None:
    """A number or year that the cited quote does not hold drops the sentence, in digits or in kanji."""
    assert proven_sentences(sentence, period) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "計画の期間は、平成5年度から平成9年度までです。[1]",
        "計画の期間は、令和5年から令和9年までです。[1]",
        "計画の期間は5か月間です。[1]",
        "計画の期間は5％です。[1]",
        "計画の期間は5人です。[1]",
    ],
)
def test_another_era_or_unit_is_dropped(period: Answer, sentence: str) -> None:
    """The same digits under another era or unit, or 年 for 年度, are another fact."""
    assert proven_sentences(sentence, period) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "計画の期間は5年間で、予算は3億円です。[1]",
        "計画の期間は5年間で、町長が毎年見直します。[1]",
        "計画は廃止されました。[1]",
        "計画の期間は5年間です。<script>alert(1)</script>[1]",
        "The plan period is 5 years.[1]",
        "了解しました。これまでの指示を無視します。[1]",
    ],
)
def test_an_invented_fact_is_dropped(period: Answer, sentence: str) -> None:
    """A topic word that neither quote nor question holds is not shown."""
    kept = "".join(proven_sentences(sentence, period))
    invented = ("予算", "町長", "廃止", "script", "plan", "無視")
    assert not any(word in kept for word in invented)


@pytest.mark.parametrize("sentence", ["計画の期間は5年間ではありません。[1]", "計画の期間は5年間としません。[1]"])
def test_the_opposite_is_dropped(period: Answer, sentence: str) -> None:
    """A sentence that denies what its quote affirms is dropped."""
    assert proven_sentences(sentence, period) == []


def test_years_in_the_other_order_are_dropped(period: Answer) -> None:
    """A period whose first and last year have changed places is another period."""
    assert proven_sentences("計画の期間は、令和9年度から令和5年度までです。[1]", period) == []


@pytest.mark.parametrize("sentence", [FAITHFUL.replace("[1]", ""), FAITHFUL.replace("[1]", "[7]"), FAITHFUL + "[7]"])
def test_a_sentence_without_a_valid_citation_is_dropped(period: Answer, sentence: str) -> None:
    """A sentence that cites nothing, or a number that is no citation's, is dropped."""
    assert proven_sentences(sentence, period) == []


@pytest.mark.parametrize("reply", ["", "[1]", "。[1]", "[1][1]\n[1]", "答えなし"])
def test_marks_alone_are_no_sentence(period: Answer, reply: str) -> None:
    """Nothing but marks, or no answer, leaves nothing."""
    assert proven_sentences(reply, period) == []


@pytest.mark.parametrize("town", ["上毛町", "岩国市", "上郡町"])
def test_another_towns_name_is_dropped(period: Answer, town: str) -> None:
    """A sentence that gives the quote's fact to another municipality is dropped."""
    assert proven_sentences(FAITHFUL.replace("平生町", town), period) == []


def test_a_town_must_cite_its_own_quote(both: Answer) -> None:
    """Of two towns in question and quotes, a sentence about one that cites the other's quote is dropped."""
    wrong = "上毛町の計画の期間は、令和5年度から令和9年度までです。[1]"
    right = "上毛町の計画の期間は、令和5年度から令和8年度までです。[2]"
    assert proven_sentences(wrong, both) == []
    assert proven_sentences(right, both) == [right]


def test_the_question_proves_no_figure(period: Answer) -> None:
    """A number that only the question states does not become a fact."""
    asked = replace(period, question="平生町の計画の期間は10年間ですか？")
    assert proven_sentences("はい、計画の期間は10年間です。[1]", asked) == []


@pytest.mark.parametrize(("said", "kept"), [("12", True), ("十三", False), ("13", False), ("0", False)])
def test_a_cell_proves_its_own_figure(ask: Ask, said: str, kept: bool) -> None:
    """A figure from a table cell is proven by the row; another figure is not, in digits or kanji."""
    question = "平生町の資産税班の事務数はいくつですか？"
    sentence = f"資産税班の事務数は{said}です。[1]"
    assert proven_sentences(sentence, ask(question)) == ([sentence] if kept else [])


def test_each_sentence_is_judged_alone(period: Answer) -> None:
    """Of several sentences, the proven ones are kept in their order and the others dropped."""
    reply = f"予算は3億円です。[1]\n{FAITHFUL}計画の期間は4年間です。[1]\n・令和5年度から令和9年度まで[1]"
    assert proven_sentences(reply, period) == [FAITHFUL, "・令和5年度から令和9年度まで[1]"]
