"""Chunks are units of meaning: paragraphs, lists, definitions, and outlines, each under its headings."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.chunk_writer import QUOTE_LIMIT
from ingest.document import Chunk, Kind

Read = Callable[[str], tuple[Chunk, ...]]


def quotes(text: str, chunk: Chunk) -> list[str]:
    """Return the units of a chunk as they stand in the text."""
    return [unit.span.of(text) for unit in chunk.units]


def of(chunks: tuple[Chunk, ...], kind: Kind) -> list[Chunk]:
    """Return the chunks of one kind."""
    return [chunk for chunk in chunks if chunk.kind is kind]


def test_a_paragraph_is_its_sentences(read: Read) -> None:
    """A paragraph's units are its sentences, under the headings above it."""
    text = "第1章 総論\n\n1.目的\n\n窓口を改善します。なお、毎年見直します。"
    (paragraph,) = of(read(text), Kind.PARAGRAPH)
    assert quotes(text, paragraph) == ["窓口を改善します。", "なお、毎年見直します。"]
    assert paragraph.heading_path == ("第1章 総論", "1.目的")


def test_a_paragraph_goes_on_over_a_page_break(read: Read) -> None:
    """A sentence that a page number interrupts is one unit."""
    first = "1.目的\n\n見本町においても社会の変化に対応し、窓口の改善と業務の効率化を同時に進めることが住民"
    text = f"{first}\n\n- 3 -\n\nの暮らしを守ることにつながります。"
    assert [len(chunk.units) for chunk in of(read(text), Kind.PARAGRAPH)] == [1]


def test_a_title_at_the_head_of_every_page_does_not_interrupt(read: Read) -> None:
    """The plan's title repeated inside the text is left out: sections and sentences go on across it."""
    text = (
        "見本町DX推進計画\n\n令和5年3月\n\n1.目的\n\n窓口を改善し、\n\f見本町DX推進計画\n業務を見直します。\n\n"
        + "対策を進めます。\n\n" * 15
    )
    paragraphs = of(read(text), Kind.PARAGRAPH)
    cut = paragraphs[2].units[0]
    assert cut.rest is not None
    assert (cut.span.of(text), cut.rest.of(text)) == ("窓口を改善し、", "業務を見直します。")
    assert {chunk.heading_path for chunk in paragraphs[2:]} == {("1.目的",)}
    assert "表紙" not in paragraphs[-1].search_text


def test_the_cover_is_found_by_what_it_states(read: Read) -> None:
    """Cover lines, and those of a colophon at the end, can be searched by 策定 and by the town's name; a preface is none."""
    preface = "本町では、これまで住民の皆さまとともに、さまざまな課題に取り組んできました。" * 3
    text = (
        f"見本町DX推進計画\n\n令和5年3月\n\n{preface}\n\n1.目的\n\n改善します。\n\n見本町DX推進計画\n\n令和5年3月策定"
    )
    covers = [quotes(text, chunk) for chunk in of(read(text), Kind.PARAGRAPH) if "計画名" in chunk.search_text]
    assert covers == [["見本町DX推進計画"], ["令和5年3月"], ["見本町DX推進計画"], ["令和5年3月策定"]]


def test_a_list_is_one_chunk_with_its_lead_in(read: Read) -> None:
    """A list is found by the sentence before it and quoted by its items without bullets."""
    text = "1.方針\n\n次の3点を進めます。\n\n・窓口の改善\n・職員の研修\n続きの行\n・安全の確保"
    (chunk,) = of(read(text), Kind.LIST)
    assert quotes(text, chunk) == ["窓口の改善", "職員の研修\n続きの行", "安全の確保"]
    assert chunk.search_text.startswith("次の3点を進めます。")


def test_numbered_items_keep_their_numbers(read: Read) -> None:
    """A number can be asked for, so it stays in the quote."""
    text = "1.方針\n\n① 窓口の改善\n② 職員の研修"
    assert quotes(text, of(read(text), Kind.LIST)[0]) == ["① 窓口の改善", "② 職員の研修"]


@pytest.mark.parametrize(
    "text",
    [
        "用語の解説\n\n1 クラウド\n\n事業者の設備を使う仕組み。",
        "用語集\n\n1. クラウド\n事業者の設備を使う仕組み。",
        "後注\n\n※1 クラウド\n\n事業者の設備を使う仕組み。",
        "**※ 11 クラウド**\n\n事業者の設備を使う仕組み。",
        "※1 クラウド：事業者の設備を使う仕組み。",
        "※１　クラウド：事業者の設備を使う仕組み。",
        "*1 クラウド：事業者の設備を使う仕組み。",
        "注1）クラウド：事業者の設備を使う仕組み。",
        "<sup>1</sup> クラウド：事業者の設備を使う仕組み。",
        "<sup>※1</sup> クラウド：事業者の設備を使う仕組み。",
        "[^1]: クラウド：事業者の設備を使う仕組み。",
        "用語解説\n\n【クラウド】 事業者の設備を使う仕組み。\n【窓口】町の職員が住民に応じる所。",
        "ことばの説明\n\nクラウド　事業者の設備を使う仕組み。\n窓口　町の職員が住民に応じる所。",
    ],
)
def test_a_definition_is_an_entry(read: Read, text: str) -> None:
    """Whatever marks a definition, the entry has the term and quotes the definition."""
    entry, *_ = of(read(text), Kind.ENTRY)
    assert entry.term == "クラウド"
    assert quotes(text, entry) == ["事業者の設備を使う仕組み。"]


def test_a_glossary_in_two_columns_has_terms_without_their_numbers(read: Read) -> None:
    """The mark of a note before a term is not part of it."""
    text = (
        "用語の解説\n\n※1 クラウド\t事業者の設備を、通信網を通じて必要なだけ使う仕組み。\n"
        "※2 窓口\t町の職員が、住民の届出や相談に応じるための場所のこと。\n※3 端末\t机の上や出先で、情報を見たり入れたりする機械のこと。"
    )
    assert [entry.term for entry in of(read(text), Kind.ENTRY)] == ["クラウド", "窓口", "端末"]


def test_paragraphs_of_a_definition_stay_apart(read: Read) -> None:
    """A definition of several paragraphs is one entry; each paragraph is quoted by itself."""
    first = "事業者の設備を、通信網を通じて、必要なときに必要なだけ使うことができる仕組みのことをいう"
    text = f"用語の解説\n\n1 クラウド\n\n{first}\n\n自ら設備を持つ形に代わるもの"
    (entry,) = of(read(text), Kind.ENTRY)
    assert quotes(text, entry) == [first, "自ら設備を持つ形に代わるもの"]


def test_a_term_keeps_its_explanation_in_brackets(read: Read) -> None:
    """A colon inside brackets does not end the term."""
    (entry,) = of(read("※5 CIO（Chief Information Officer：最高情報責任者）：情報の責任者。"), Kind.ENTRY)
    assert entry.term == "CIO（Chief Information Officer：最高情報責任者）"


def test_an_outline_lists_the_headings_under_one(read: Read) -> None:
    """Two headings or more under one heading make an outline; a single one makes none."""
    text = "第1章 総論\n\n1.目的\n\n改善します。\n\n2.期間\n\n5年間です。"
    (outline,) = of(read(text), Kind.OUTLINE)
    assert outline.heading_path == ("第1章 総論",)
    assert quotes(text, outline) == ["1.目的", "2.期間"]


def test_a_heading_with_its_body_on_one_line_is_parted(read: Read) -> None:
    """■見出し 本文 is a heading and a paragraph under it."""
    text = "1.課題\n\n■人口への対応 人口の減少による課題を解決し、暮らしやすいまちをつくります。"
    (paragraph,) = of(read(text), Kind.PARAGRAPH)
    assert paragraph.heading_path == ("1.課題", "人口への対応")
    assert quotes(text, paragraph) == ["人口の減少による課題を解決し、暮らしやすいまちをつくります。"]


def test_a_sentence_too_long_to_quote_is_parted_at_a_comma(read: Read) -> None:
    """A sentence above the limit becomes even pieces, each ending at a 、 or the sentence's end."""
    text = "、".join(["窓口の改善と職員の研修"] * 50) + "。"
    (paragraph,) = of(read(text), Kind.PARAGRAPH)
    pieces = quotes(text, paragraph)
    assert "".join(pieces) == text
    assert all(len(piece) <= QUOTE_LIMIT and piece[-1] in "、。" for piece in pieces)
    assert max(map(len, pieces)) < 2 * min(map(len, pieces))


def test_a_line_of_marks_alone_is_no_chunk(read: Read) -> None:
    """Rules, arrows and empty bold marks say nothing and are not indexed."""
    assert read("———▶\n\n** **\n\n<br>\n\n■") == ()


def test_windows_newlines_change_no_words(read: Read) -> None:
    """The same plan with Windows newlines gives the same headings and the same sentences."""
    text = "第1章 総論\n\n1.目的\n\n窓口を改善します。\n\n課名\t件数\n総務課\t1\n\n・点検\n・更新\n"
    windows = text.replace("\n", "\r\n")
    unix = [(chunk.heading_path, quotes(text, chunk)) for chunk in read(text)]
    assert [(chunk.heading_path, quotes(windows, chunk)) for chunk in read(windows)] == unix


def test_a_sentence_cut_by_its_pages_footnotes_is_one_unit_again(read: Read) -> None:
    """The footnotes at a page's end stand behind it; its halves are two spans of one unit that is found as a whole."""
    first = "セキュリティ対策に関する監査を毎年度実施するとともに、情報セキュリティポリシー<sup>※1</sup>を"
    text = (
        f"# 対策\n\n{first}\n\n<sup>1</sup> 監査：運用状況を点検し評価すること。\n\n適宜更新します。研修も行います。\n"
    )
    paragraph, note = read(text)
    cut, whole = paragraph.units
    assert cut.rest is not None
    assert (cut.span.of(text), cut.rest.of(text)) == (first, "適宜更新します。")
    assert cut.search_text.endswith("情報セキュリティポリシーを適宜更新します。")
    assert (whole.span.of(text), whole.rest) == ("研修も行います。", None)
    assert note.term == "監査"


def test_a_whole_sentence_before_footnotes_does_not_take_what_follows(read: Read) -> None:
    """A paragraph that ends before the page's footnotes is complete; the next page begins another."""
    first = "セキュリティ対策に関する監査を毎年度実施し、情報セキュリティポリシーを適宜更新します。"
    text = f"# 対策\n\n{first}\n\n<sup>1</sup> 監査：運用状況を点検し評価すること。\n\n研修も行います。\n"
    paragraphs = of(read(text), Kind.PARAGRAPH)
    assert [quotes(text, paragraph) for paragraph in paragraphs] == [[first], ["研修も行います。"]]
    assert all(unit.rest is None for paragraph in paragraphs for unit in paragraph.units)
