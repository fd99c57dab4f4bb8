"""A line is what it is by its own words and by the lines around it."""

from __future__ import annotations

import pytest

from ingest.lines import LineKind
from ingest.read_lines import read_lines

CONTENTS = """見本町DX推進計画

目　次

第1章 総論 ........ 1
 1 現状と課題 ........ 1
第2章 各論 ........ 5
 1 現状と課題 ........ 5
資料編 ........ 9

第1章 総論

1 現状と課題

人口が減っています。
"""


def kinds(text: str) -> list[LineKind]:
    """Return the kinds of the lines with words."""
    return [line.kind for line in read_lines(text) if line.kind is not LineKind.BLANK]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("- 12 -", LineKind.FURNITURE),
        ("3", LineKind.FURNITURE),
        ("3 / 20", LineKind.FURNITURE),
        ("-----", LineKind.FURNITURE),
        ("■", LineKind.FURNITURE),
        ("・窓口の改善", LineKind.ITEM),
        ("• 窓口の改善", LineKind.ITEM),
        ("\uf0b7 窓口の改善", LineKind.ITEM),
        ("- ・窓口の改善", LineKind.ITEM),
        ("➤窓口の改善", LineKind.ITEM),
        ("課名\t件数", LineKind.ROW),
        ("※1 クラウド：事業者の設備を使う仕組み。", LineKind.FOOTNOTE),
        ("注1）クラウド：事業者の設備を使う仕組み。", LineKind.FOOTNOTE),
        ("<sup>1</sup> クラウド：事業者の設備を使う仕組み。", LineKind.FOOTNOTE),
        ("[^1]: クラウド：事業者の設備を使う仕組み。", LineKind.FOOTNOTE),
        ("**※ 11 CIO**", LineKind.ENTRY),
        ("■計画期間", LineKind.HEADING),
        ("計画を進めます。", LineKind.TEXT),
    ],
)
def test_a_line_shows_what_it_is(line: str, kind: LineKind) -> None:
    """Page numbers, bullets, cells, definitions and headings are told apart by their marks."""
    assert kinds(line) == [kind]


def test_the_contents_page_ends_where_its_entries_come_again() -> None:
    """An entry that stands twice in the contents does not end it; the first heading of the text does."""
    words = [line.text for line in read_lines(CONTENTS) if line.kind in (LineKind.HEADING, LineKind.TEXT)]
    assert words == ["見本町DX推進計画", "第1章 総論", "1 現状と課題", "人口が減っています。"]


@pytest.mark.parametrize("title", ["目次", "目 次", "【目次】", "＜目　次＞", "もくじ", "# Contents", "～ 目次 ～"])
def test_a_contents_page_is_known_by_its_title(title: str) -> None:
    """Brackets, spaces and marks around the title do not hide a contents page."""
    assert kinds(f"{title}\n\n1. 目的\n2. 期間\n\n1. 目的\n\n本文です。")[:3] == [LineKind.CONTENTS] * 3


def test_running_text_ends_a_contents_page_without_page_numbers() -> None:
    """A sentence is never part of the contents, even when no entry comes again."""
    assert kinds("目次\n\n計画のあらまし\n\n人口が減っています。\n\n対策を進めます。")[-2:] == [LineKind.TEXT] * 2


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_newlines_of_every_system_part_lines(newline: str) -> None:
    """Unix, Windows and old Mac newlines give the same lines, and their spans fit the text as it is."""
    text = newline.join(["第1章 総論", "", "本文です。", "課名\t件数\t"])
    lines = [line for line in read_lines(text) if line.text]
    assert [line.text for line in lines] == ["第1章 総論", "本文です。", "課名\t件数\t"]
    assert all(line.span.of(text) == line.text for line in lines)


def test_a_form_feed_parts_pages() -> None:
    """A form feed ends a line and belongs to none."""
    assert [line.text for line in read_lines("一頁です。\f第2章 各論\n課名\t1\f")] == [
        "一頁です。",
        "第2章 各論",
        "課名\t1",
    ]


def test_a_glossary_ends_where_the_plan_goes_on() -> None:
    """Numbered lines in a glossary are terms until the plan's own numbers go on."""
    text = "1. 目的\n\n2. 用語の定義\n\n1 AI\n\n人工知能\n\n2 RPA\n\n自動化\n\n3. 期間\n\n5年間です。"
    headings = [line.text for line in read_lines(text) if line.kind is LineKind.HEADING]
    entries = [line.text for line in read_lines(text) if line.kind is LineKind.ENTRY]
    assert headings == ["1. 目的", "2. 用語の定義", "3. 期間"]
    assert entries == ["1 AI", "2 RPA"]


def test_a_chapter_ends_a_glossary() -> None:
    """After the next chapter's heading a numbered line is a section again."""
    text = "用語の解説\n\n1 AI\n\n人工知能\n\n第3章 推進体制\n\n1.組織\n\n本部を置きます。"
    assert [line.text for line in read_lines(text) if line.kind is LineKind.HEADING] == [
        "用語の解説",
        "第3章 推進体制",
        "1.組織",
    ]


@pytest.mark.parametrize(
    ("below", "heading"),
    [
        ("\n\n\n\n本文です。", False),
        ("\n\n資料：国勢調査", False),
        ("\n※推計値を含む。", False),
        ("\n\n本文です。", True),
    ],
)
def test_a_figures_caption_is_no_heading(below: str, heading: bool) -> None:
    """Where the figure was, or its source stands, 【…の推移】 is a caption; right above its text it is a heading."""
    text = f"■現状\n\n人口は減っています。\n\n【総人口の推移】{below}"
    [line] = [line for line in read_lines(text) if line.text.startswith("【")]
    assert (line.kind is LineKind.HEADING) is heading
