"""The town lock: whose plan an answer may come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from assistant.answer import Reason, UnknownMunicipalityError
from tests.assistant.asking import PERIOD, Ask, conversation, places, towns

if TYPE_CHECKING:
    from ingest.document import Document

BODY = "の計画の推進体制は、どのようになっていますか？"
WAYS = {
    "平生町": ("平生", "ひらおちょう", "ヒラオチョウ", "ひらお町", "Hirao", "HIRAO"),
    "上郡町": ("上郡", "かみごおりちょう", "カミゴオリチョウ", "Kamigori", "Kamigoori"),
    "上里町": ("上里", "かみさとまち", "カミサトマチ", "Kamisato"),
    "上毛町": ("上毛", "こうげまち", "コウゲマチ", "Koge"),
    "鏡野町": ("鏡野", "かがみのちょう", "かがみの町", "Kagamino"),
}


@pytest.mark.parametrize(("town", "way"), [(town, way) for town, ways in WAYS.items() for way in ways])
def test_a_town_may_be_written_in_many_ways(ask: Ask, town: str, way: str) -> None:
    """A town without 町, in kana or in Roman letters is the same town: the same citations."""
    plain = ask(town + BODY)
    assert towns(plain) == {town}
    assert places(ask(way + BODY)) == places(plain)


@pytest.mark.parametrize(
    ("prefecture", "town"),
    [("山口県", "平生町"), ("兵庫県", "上郡町"), ("埼玉県", "上里町"), ("福岡県", "上毛町"), ("岡山県", "鏡野町")],
)
def test_a_prefecture_before_a_town_changes_nothing(ask: Ask, prefecture: str, town: str) -> None:
    """A town named with its prefecture gets the same citations as without."""
    question = PERIOD if town != "鏡野町" else BODY.removeprefix("の")
    plain = ask(f"{town}の{question}")
    assert towns(plain) == {town}
    assert places(ask(f"{prefecture}{town}の{question}")) == places(plain)


@pytest.mark.parametrize(
    ("misspelt", "town"), [("平尾町", "平生町"), ("鑑野町", "鏡野町"), ("上群町", "上郡町"), ("高下町", "上毛町")]
)
def test_a_misspelling_is_understood_and_said(ask: Ask, misspelt: str, town: str) -> None:
    """A name near to a single covered one, by a letter or by its sound, is taken for it, and a notice says so with both names."""
    answer = ask(misspelt + BODY)
    assert towns(answer) == {town}
    assert any(misspelt in notice and town in notice for notice in answer.notices)


@pytest.mark.parametrize("name", ["上黒町", "上町", "上郷町", "上〇町"])
def test_a_name_between_several_towns_is_asked_back(ask: Ask, name: str) -> None:
    """A name as near to several covered ones gets no fact but a choice, and each choice is a question that is answered."""
    answer = ask(f"{name}の{PERIOD}")
    assert answer.reason is Reason.AMBIGUOUS_MUNICIPALITY
    assert name in answer.answer
    chosen = [ask(choice) for choice in answer.suggestions]
    assert {frozenset(towns(one)) for one in chosen} == {frozenset({t}) for t in ("上里町", "上郡町", "上毛町")}


@pytest.mark.parametrize(
    "name",
    ["神川町", "美里町", "上牧町", "上富田町", "みなかみ町", "毛呂山町", "田布施町", "富士見町", "本庄市", "佐用町"],
)
def test_a_town_that_is_not_covered_is_refused_by_name(ask: Ask, name: str) -> None:
    """A real municipality outside the corpus is refused by its name, however near it is to a covered one."""
    answer = ask(f"{name}の{PERIOD}")
    assert answer.reason is Reason.MUNICIPALITY_NOT_COVERED
    assert name in answer.answer
    assert answer.citations == ()


@pytest.mark.parametrize(("name", "meant"), [("鏡町", "鏡野町"), ("上毛郡", "上毛町"), ("平生市", "平生町")])
def test_a_name_like_a_town_never_stands_for_all(ask: Ask, name: str, meant: str) -> None:
    """A name that is no covered town's, but looks like one, gets no other town's facts."""
    assert towns(ask(f"{name}の{PERIOD}")) <= {meant}


@pytest.mark.parametrize(
    "aside",
    [
        "平生町ではなく",
        "平生町でも上里町でもなく",
        "平生町じゃなくて",
        "平生町と取り違えないでください。",
        "平生町と混同せずに、",
    ],
)
def test_a_town_set_aside_is_left_out(ask: Ask, aside: str) -> None:
    """「AでもBでもなくC」 is a question about C: the same citations as about C alone."""
    plain = ask(f"上毛町の{PERIOD}")
    assert towns(plain) == {"上毛町"}
    assert places(ask(f"{aside}上毛町の{PERIOD}")) == places(plain)


def test_the_question_beats_the_filter(ask: Ask) -> None:
    """A town that the question names is answered for although another is selected, and a notice says so."""
    answer = ask(f"平生町の{PERIOD}", "上毛町")
    assert towns(answer) == {"平生町"}
    assert any("平生町" in notice for notice in answer.notices)


def test_an_uncovered_town_beats_the_filter_too(ask: Ask) -> None:
    """A question about a town outside the corpus is not answered from the selected one."""
    assert ask(f"田布施町の{PERIOD}", "平生町").reason is Reason.MUNICIPALITY_NOT_COVERED


def test_the_filter_beats_the_history(ask: Ask) -> None:
    """Without a town in the question the selected one counts, not the one spoken of before."""
    history = conversation(f"平生町の{PERIOD}", "令和5年度から令和9年度までです。")
    assert towns(ask(PERIOD, "上毛町", history=history)) == {"上毛町"}


def test_the_history_names_the_town(ask: Ask) -> None:
    """Without a town in the question or the filter, the one spoken of last counts."""
    history = conversation(f"平生町の{PERIOD}", "令和5年度から令和9年度までです。")
    assert towns(ask(PERIOD, history=history)) == {"平生町"}


def test_a_filter_takes_names_and_codes(ask: Ask) -> None:
    """A selected municipality may be given by name or by its 6-digit code; several are all answered for."""
    assert places(ask(PERIOD, "353442")) == places(ask(PERIOD, "平生町"))
    assert towns(ask(PERIOD, "353442", "上毛町")) == {"平生町", "上毛町"}


@pytest.mark.parametrize("entry", ["田布施町", "999999", ""])
def test_an_unknown_filter_entry_is_an_error_that_names_the_known(ask: Ask, entry: str) -> None:
    """A filter entry that no plan covers raises an error which quotes it and names every covered municipality."""
    with pytest.raises(UnknownMunicipalityError) as raised:
        ask(PERIOD, "平生町", entry)
    assert all(name in str(raised.value) for name in (*WAYS, f"「{entry}」"))


def test_a_prefecture_stands_for_its_covered_town(ask: Ask) -> None:
    """A question about a prefecture is answered for the covered town in it."""
    assert towns(ask(f"山口県の町の{PERIOD}")) == {"平生町"}


def test_a_prefecture_without_a_covered_town_is_refused(ask: Ask) -> None:
    """A prefecture in which no town is covered is refused by name."""
    answer = ask(f"東京都の{PERIOD}")
    assert answer.reason is Reason.MUNICIPALITY_NOT_COVERED
    assert "東京都" in answer.answer


def test_an_uncovered_prefecture_keeps_the_town_apart(ask: Ask) -> None:
    """A town outside the corpus is refused although its prefecture has a covered one."""
    assert ask(f"埼玉県神川町の{PERIOD}").reason is Reason.MUNICIPALITY_NOT_COVERED


def test_two_towns_are_answered_side_by_side(ask: Ask) -> None:
    """A comparison of two covered towns cites both, in the order of the question."""
    answer = ask("上毛町と平生町の計画期間を比べてください")
    assert list(dict.fromkeys(c.municipality for c in answer.citations)) == ["上毛町", "平生町"]


def test_a_comparison_says_which_town_is_missing(ask: Ask) -> None:
    """A comparison with a town outside the corpus answers for the covered one and names the other as not covered."""
    answer = ask("平生町と田布施町の計画期間を比べてください")
    assert towns(answer) == {"平生町"}
    assert "田布施町" in answer.answer


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("5町の計画のうち、SDGsに触れている町はどこですか。", "SDGs"),
        ("OODAループの考え方を取り入れている町は5町のうちどこですか。", "OODA"),
    ],
)
def test_a_question_about_all_towns_finds_each(
    ask: Ask, documents: tuple[Document, ...], question: str, word: str
) -> None:
    """「5町のうちどこ」 cites just the towns in whose plans the word stands."""
    assert towns(ask(question)) == {d.plan.municipality for d in documents if word in d.text}


def test_a_question_without_a_town_is_answered_for_all_that_have_evidence(ask: Ask) -> None:
    """None named or selected: every municipality with evidence is answered for, under its own name."""
    answer = ask(PERIOD)
    assert {"平生町", "上毛町", "上郡町"} <= towns(answer)
    assert all(town in answer.answer for town in towns(answer))


@pytest.mark.parametrize("heard", ["平生長", "平生庁", "平生丁"])
def test_a_town_as_it_is_heard_is_that_town(ask: Ask, heard: str) -> None:
    """What speech recognition makes of a name's last letter names the town still."""
    assert towns(ask(f"{heard}の{PERIOD}")) == {"平生町"}


def test_a_figure_of_the_nation_is_not_the_towns(ask: Ask) -> None:
    """Where a town's own figure is asked for, the nation's is no answer; its own is."""
    answer = ask("全国じゃなくて、上里町だけで見ると高齢化率は何パーセントになりますか")
    assert (answer.reason, answer.citations) == (Reason.NOT_IN_PLANS, ())
    assert "43.2%" in ask("平生町だけで見ると高齢化率は何パーセントですか").answer
