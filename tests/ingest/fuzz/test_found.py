"""What fuzzing has found once stays found: inputs that raised, and texts whose reading grew faster than they did."""

from __future__ import annotations

import fuzz_properties as properties
import pytest

from ingest.chunk import chunk

NOTE = "※1 語：説明。\n"
CARD = (
    "No\t取組事項\n1\t窓口の改善\n現況と課題\t窓口が遠く、待つ時間が長いことが課題です。\n"
    "取組の概要\t手続をスマートフォンでできるようにします。\n\n"
)


@pytest.mark.parametrize(
    "text",
    [
        "課\t件\n総務\t1\n〃\t\n",
        "取組事項\t\t\t令和5年度\t令和6年度\nD\t\n\n取組事項\t\t\t\t令和6年度\n\t\t\t\t\t2",
        "# " + "1" * 5_000 + ". 目的\n\n本文です。",
        "# 第" + "1" * 5_000 + "章 目的\n\n本文です。",
        "いても、扱える職員が不在の際には業務が滞るなどの状もあります。</p\n※1 す。\n後>",
        "<table><tr><td>課</td></tr></table>以上です。\n",
    ],
    ids=[
        "a row that only repeats",
        "a page that is wider",
        "a number of 5,000 digits",
        "a chapter of 5,000 digits",
        "a tag in halves",
        "words behind a table",
    ],
)
def test_an_input_that_raised_once_is_read(text: str) -> None:
    """Each of these ended in an exception."""
    properties.check_text(text)


@pytest.mark.parametrize(
    ("head", "piece", "tail", "times"),
    [
        ("目次\n", "見出し語{i}番\n", "", 2_000),
        ("", "目次\n見出し\n", "", 80),
        ("目次\n", ".", "x\n", 8_000),
        ("東川町\n", "\n", "x", 3_000),
        ("□ あ\n", "\n", "□ い\n", 3_000),
        ("あ" * 40 + "\n" + NOTE * 1_000, "\n" + "い" * 40 + "\n", "", 300),
        ("", "|", "x", 10_000),
        ("|", "-", "x", 20_000),
        ("取組事項\t担当課\n", "事業名称{i}号\t総務課\n", "", 500),
        ("", CARD, "", 1_000),
        ("", "第{i}章 あ\n\n本文です。\n\n", "", 500),
        ("", "# 見出し{i}\n\n## 1. あ\n\n", "", 1_000),
        ("計画期間は、", "「", "令和5年度から令和9年度まで\n", 20_000),
    ],
    ids=[
        "contents entries",
        "contents titles",
        "dots on a contents page",
        "blank lines",
        "blank lines between boxes",
        "paragraphs after many notes",
        "bars",
        "dashes after a bar",
        "measures with nothing but a name",
        "one card again and again",
        "chapters",
        "headings with marks",
        "brackets in a period",
    ],
)
def test_time_grows_with_length(head: str, piece: str, tail: str, times: int) -> None:
    """Four times the text takes about four times as long."""
    properties.check_growth(head, piece, tail, times)


WIDE = "\t".join(["件"] * 2_000) + "\n"
LONG = "あ" * 4_000


@pytest.mark.parametrize(
    "text",
    [
        WIDE + "a\tb\n" * 2_000,
        f"課\t{LONG}\n" + "総務\t実施\n" * 2_000,
        f"課\t何\n{LONG}\t実施\n" + "\t実施\n" * 2_000,
        f"課\t何\n総務\t{LONG}\n" + "総務\t〃\n" * 2_000,
        f"{LONG}\n\n課\t何\n" + "総務\t実施\n" * 2_000,
        f"# {LONG}\n\n" + "本文です。\n\n" * 2_000,
    ],
    ids=[
        "one wide row",
        "a long column name",
        "a long merged cell",
        "a long cell repeated",
        "a long lead-in",
        "a long heading",
    ],
)
def test_nothing_long_is_repeated_without_bound(text: str) -> None:
    """What stands once in the text and is said again with every row is cut, so that memory is that of the text."""
    chunks = chunk(properties.PLAN, text)
    made = sum(len(chunk.search_text) + sum(map(len, set(chunk.heading_path))) for chunk in chunks)
    cells = sum(len(chunk.row.cells) for chunk in chunks if chunk.row)
    assert made + cells < 60 * len(text)
