"""Readings over kanji."""

from __future__ import annotations

import pytest

from assistant.furigana import UNSURE, furigana


@pytest.mark.parametrize(
    ("text", "ruby"),
    [
        ("計画", [("計画", "けいかく")]),
        ("取り組みます", [("取", "と"), ("り", ""), ("組", "く"), ("みます", "")]),
        ("高齢者の申請書", [("高齢者", "こうれいしゃ"), ("の", ""), ("申請書", "しんせいしょ")]),
        ("令和7年度", [("令和", "れいわ"), ("7", ""), ("年度", "ねんど")]),
        ("3人と10日", [("3人と10日", "")]),
        ("上郡町", [("上郡町", "かみごおりちょう")]),
        ("かなとABC", [("かなとABC", "")]),
    ],
)
def test_readings_stand_over_kanji_alone(text: str, ruby: list[tuple[str, str]]) -> None:
    """Okurigana have none; a counter whose reading hangs on its figure has none; a town is read as its table says."""
    assert [(piece.text, piece.ruby) for piece in furigana(text)] == ruby


def test_a_word_with_two_readings_gets_none() -> None:
    """方 is ほう or かた: no reading is better than a wrong one."""
    assert "方" in UNSURE
    assert [piece.ruby for piece in furigana("方")] == [""]


def test_a_towns_name_without_its_kind_is_not_read_as_a_common_word() -> None:
    """平生 is へいぜい as a word and ひらお as a town: neither is shown. 中央 is read alike as both."""
    assert [piece.ruby for piece in furigana("平生では")] == [""]
    assert [piece.ruby for piece in furigana("中央では")] == ["ちゅうおう", ""]


def test_readings_are_hiragana_over_kanji_in_every_plan(plan_units: tuple[str, ...]) -> None:
    """Every piece with a reading is kanji throughout, its reading hiragana, and the pieces join to the text."""
    for unit in plan_units:
        pieces = furigana(unit)
        assert "".join(piece.text for piece in pieces) == unit
        for piece in pieces:
            assert all("ぁ" <= letter <= "ゖ" or letter == "ー" for letter in piece.ruby), piece
            assert not piece.ruby or all(not "ぁ" <= letter <= "ん" for letter in piece.text), piece
