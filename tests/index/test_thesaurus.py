"""Words that stand for other words."""

from __future__ import annotations

import pytest

from index.thesaurus import LONGEST, RELATED, SAME, _lines, alternatives, synonyms
from index.tokens import terms


def stands_for(question: str, other: str) -> float:
    """Return what finding another word is worth where a question's words are looked for; 0 where it stands for none."""
    phrase = tuple(terms(other))
    return max((a.weight for a in alternatives(terms(question)) if a.phrase == phrase), default=0.0)


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("役場", "庁舎"),
        ("スマホの使い方", "スマートフォン"),
        ("ネットで申し込む", "オンライン"),
        ("お年寄り", "高齢者"),
        ("ハンコ", "押印"),
        ("PayPayで払えますか", "キャッシュレス決済"),
        ("garbage", "ごみ"),
        ("引っ越しの手続き", "転出"),
    ],
)
def test_everyday_words_lead_to_official_ones(said: str, written: str) -> None:
    """What residents say is looked for as what municipalities write, for less than the word itself."""
    assert 0 < stands_for(said, written) < 1


def test_one_way_lines_lead_one_way() -> None:
    """Who names a brand may mean any cashless payment; who says cashless does not mean that brand."""
    assert stands_for("PayPay", "キャッシュレス決済") == RELATED
    assert stands_for("キャッシュレス決済", "PayPay") == 0


def test_the_same_thing_counts_more_than_a_related_one() -> None:
    """スマートフォン is スマホ; what is merely meant by a word counts less."""
    assert stands_for("スマホ", "スマートフォン") == SAME > RELATED


def test_hiragana_is_asked_and_not_looked_for() -> None:
    """A beginner's spelling leads to the word, but no text is searched for it."""
    assert stands_for("じゅうみんひょう", "住民票") > 0
    assert all(a.phrase != tuple(terms("じゅうみんひょう")) for a in alternatives(terms("住民票")))


def test_several_words_stand_for_one_and_know_their_place() -> None:
    """An entry of several units is found where they stand side by side, and covers just them."""
    words = terms("計画の個人番号カード")
    found = [a for a in alternatives(words) if a.phrase == tuple(terms("マイナンバーカード"))]
    assert ["個人", "番号", "カード"] in [words[a.start : a.end] for a in found]


def test_unknown_words_have_no_alternative() -> None:
    """Nothing stands for a word that the table does not hold, nor for no word."""
    assert alternatives(["zxqwv"]) == ()
    assert alternatives([]) == ()
    assert synonyms("zxqwv") == frozenset()


def test_every_line_can_be_used() -> None:
    """Each line is of a known kind, joins at least two words, and no word to be looked for is longer than the longest run."""
    for kind, entries in _lines():
        assert kind in {"=", ">", "~"}
        assert len(entries) > 1, entries
        assert kind != ">" or len(entries[0].phrase) <= LONGEST, entries
