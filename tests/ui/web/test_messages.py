"""Answers as the chat shows them: our own tables are tables, and nothing else is."""

from __future__ import annotations

from assistant.comparison_table import ComparedRow, comparison_table
from ui.web.chat.messages import mark_up


def test_a_comparison_is_a_table_whose_cells_are_inert() -> None:
    """The bars of our own table stand; a bar, a backslash or mark-up inside a cell is a letter there."""
    table = comparison_table([ComparedRow("甲町", ("a|b\\ <b>x</b>[1]",)), ComparedRow("乙町")])
    head, rule, first, second = mark_up(table, turn=2).split("\n")
    assert (head, rule) == ("| 自治体 | 計画の記載 |", "| --- | --- |")
    assert first == "| 甲町 | a&#124;b&#92; &#60;b&#62;x&#60;&#47;b&#62;[&#91;1&#93;](#source-2-1) |"
    assert second == "| 乙町 | 見つかりませんでした |"


def test_bars_elsewhere_are_letters() -> None:
    """A quoted line of bars is no table, be it inside quotation marks or an item of a list."""
    for line in ("「| 甲 | 乙 |」", "・| 甲 | 乙 |", "|甲|乙|"):
        assert "|" not in mark_up(line, turn=1)
