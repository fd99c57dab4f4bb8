"""Sentences end where a reader ends them."""

from __future__ import annotations

import pytest

from ingest.document import Span
from ingest.sentences import split_sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("進めます。見直します。", ["進めます。", "見直します。"]),
        ("「準備する。実施する。」と定めます。", ["「準備する。実施する。」と定めます。"]),
        ("公開します（詳細は別冊。）。以上", ["公開します（詳細は別冊。）。", "以上"]),
        ("開かない（括弧。次の文。", ["開かない（括弧。", "次の文。"]),
        ("閉じた）括弧。次の文。", ["閉じた）括弧。", "次の文。"]),
        ("なぜ必要か！？理由は次のとおり。", ["なぜ必要か！？", "理由は次のとおり。"]),
        ("<ul> <li>・点検</li> <li>・更新</li> </ul>", ["・点検", "・更新"]),
        ("最も<b>重要</b>な施策<sup>※1</sup>です。", ["最も<b>重要</b>な施策<sup>※1</sup>です。"]),
        ("  前後の空白  ", ["前後の空白"]),
        ("----->", []),
        ("", []),
    ],
)
def test_a_sentence_ends_at_its_mark(text: str, sentences: list[str]) -> None:
    """A 。 ends a sentence outside brackets; block mark-up parts sentences, mark-up inside a line does not."""
    assert [span.of(text) for span in split_sentences(text, Span(0, len(text)))] == sentences


def test_sentences_stay_inside_their_stretch() -> None:
    """Only the given stretch of a text is split."""
    text = "前の文。対象の文。後の文。"
    assert split_sentences(text, Span(4, 9)) == [Span(4, 9)]
