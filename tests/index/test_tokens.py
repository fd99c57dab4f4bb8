"""Words and terms of a text."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from index.tokens import WINDOW, terms, tokenize


@pytest.mark.parametrize(
    "text",
    [
        "",
        "計画の期間は?",
        " 全角　空白\n\r\n改行",
        "𠮷野家👍🏽で",
        "ﾏｲﾅﾝﾊﾞｰ㌔①",
        "計画の期間です。\n" * 2000,
        "あ" * 5000,
        "ﷺ" * 3000,
    ],
)
def test_tokens_cover_the_text_exactly(text: str) -> None:
    """Every character belongs to one token, in order, and every token's offsets give its surface."""
    tokens = tokenize(text)
    assert "".join(token.surface for token in tokens) == text
    assert all(text[token.start : token.end] == token.surface for token in tokens)


def test_a_lone_surrogate_is_an_unknown_character() -> None:
    """Text that is no valid Unicode is still cut into words."""
    assert terms("計画\ud800の期間") == ["計画", "期間"]


def test_spellings_of_a_word_share_one_term() -> None:
    """取組, 取組み and 取り組み, full-width and half-width, are the same term."""
    assert terms("取組") == terms("取組み") == terms("取り組み")
    assert terms("ＤＸ推進") == terms("DX推進") == terms("dx推進")


def test_question_words_are_no_terms() -> None:
    """What only asks says nothing about the answer's text."""
    assert terms("計画の期間はいつからいつまでですか。教えてください。") == ["計画", "期間"]


def test_figures_are_terms() -> None:
    """Numbers are kept, with thousands separators and kanji numerals read."""
    assert terms("12,345人") == terms("12345人")
    assert "2025" in terms("二千二十五年")


def test_a_rare_kanji_is_a_term() -> None:
    """A character that the dictionary takes for a mark is a letter all the same."""
    assert "𠮷" in terms("𠮷")


def test_threads_get_the_same_words() -> None:
    """Several threads can cut texts at once."""
    texts = [f"計画{number}の期間" for number in range(200)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(terms, texts)) == [terms(text) for text in texts]


def test_a_window_ends_at_a_sentence() -> None:
    """A long text is cut between sentences, so that no word is split."""
    sentence = "標準準拠システムへ移行します。"
    count = WINDOW // len(sentence) * 3
    assert len(tokenize(sentence * count)) == len(tokenize(sentence)) * count
