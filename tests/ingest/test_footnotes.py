"""A footnote belongs to the word that its mark hangs on."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.document import Chunk, Kind
from ingest.footnotes import marked_word

Read = Callable[[str], tuple[Chunk, ...]]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("定型の作業はRPA<sup>※1</sup>に任せます。", "RPA"),
        ("オープンデータ^{*1}の公開を進めます。", "オープンデータ"),
        ("町は「書かない窓口」[※1]を設けます。", "書かない窓口"),
        ("情報の標準準拠システム※1へ移ります。", "標準準拠システム"),
        ("利用者が使うＡＩ<sup>1</sup>です。", "AI"),
        ("人数は※1のとおりです。", ""),
        ("<tr><td>予約システム※1</td><td>○</td></tr>", "予約システム"),
        ("食品の発生量(家庭系、t/年)※1\t540\t430", "発生量"),
        ("| 見守り | 40世帯※1 | 70世帯 |", ""),
        ("注記のない文です。", ""),
    ],
)
def test_a_mark_hangs_on_the_word_before_it(text: str, word: str) -> None:
    """However the mark is written; a mark behind grammar hangs on nothing."""
    assert marked_word(text, "※1") == word


def test_a_note_without_its_term_defines_the_marked_word(read: Read) -> None:
    """As Word and HTML have footnotes: the definition is found by the word in the text."""
    text = (
        "# 取組\n\n定型の作業はRPA[※1]に任せます。\n\n# 脚注\n\n※1 人が行う定型の作業を、代わりに自動で行う仕組み。\n"
    )
    [entry] = [chunk for chunk in read(text) if chunk.kind is Kind.ENTRY]
    assert entry.term == "RPA"
    assert [unit.span.of(text) for unit in entry.units] == ["人が行う定型の作業を、代わりに自動で行う仕組み。"]


def test_a_note_whose_mark_is_nowhere_is_text(read: Read) -> None:
    """It can be quoted, but defines nothing."""
    text = "# 脚注\n\n※7 人が行う定型の作業を、代わりに自動で行う仕組み。\n"
    [chunk] = read(text)
    assert (chunk.kind, chunk.term) == (Kind.PARAGRAPH, "")
