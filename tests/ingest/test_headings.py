"""Headings nest as a reader sees them, whatever marks and numbers a plan uses."""

from __future__ import annotations

import pytest

from ingest.headings import nest
from ingest.lines import LineKind
from ingest.read_lines import read_lines


def paths(text: str) -> list[tuple[str, ...]]:
    """Return the heading paths of a text."""
    return nest([line for line in read_lines(text) if line.kind is LineKind.HEADING])


@pytest.mark.parametrize(
    ("outer", "inner", "deep"),
    [
        ("第1章 総論", "1-1 目的", "■背景"),
        ("第１章　総論", "１．目的", "（１）背景"),
        ("Ⅰ 総論", "1 目的", "(1) 背景"),
        ("１　総論", "（１）目的", "①背景"),
        ("第1部 総論", "第1節 目的", "【背景】"),
        ("1. 総論", "(1) 目的", "ア 背景"),
        ("**第1章 総論**", "**1. 目的**", "○背景"),
        ("# 総論", "## 目的", "### 背景"),
    ],
)
def test_numbers_and_marks_nest(outer: str, inner: str, deep: str) -> None:
    """A style that is new stands under what is open; a style seen above is a sibling again."""
    text = "\n\n本文です。\n\n".join([outer, inner, deep, inner.replace("目的", "期間"), outer.replace("総論", "各論")])
    assert [len(path) for path in paths(text)] == [1, 2, 3, 2, 1]


def test_a_section_does_not_belong_to_a_mark_above_it() -> None:
    """A numbered section after a marked heading stands beside it, not under it."""
    assert paths("第1章 総論\n\n★図の説明\n\n1.目的")[-1] == ("第1章 総論", "1.目的")


def test_markdown_levels_do_not_close_a_numbered_section_that_goes_on() -> None:
    """Where a misread Markdown level jumps up inside section (1), section (2) still follows in the same chapter."""
    found = paths("## 3. 動向\n\n### (1) 国\n\n## 法律の概要\n\n### (2) 県")
    assert found[-2:] == [("3. 動向", "(1) 国", "法律の概要"), ("3. 動向", "(2) 県")]


@pytest.mark.parametrize(
    "line",
    ["20 歳代の人口が減っています", "3 月に公表する", "10 人以上の団体", "1. 計画を策定し、", "5 年間とします。"],
)
def test_running_text_that_opens_with_a_number_is_no_heading(line: str) -> None:
    """A count, or a line that visibly goes on or ends as a sentence, opens no section."""
    assert paths(line) == []


def test_numbers_on_consecutive_lines_are_a_list() -> None:
    """Numbered lines right under each other are items, not headings."""
    kinds = [line.kind for line in read_lines("(1) 点検\n(2) 更新\n(3) 公開")]
    assert kinds == [LineKind.ITEM] * 3
