"""HTML tables inside a text: exact cells, whatever the mark-up around them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.document import Chunk, Kind, Row, Span
from ingest.read_lines import read_lines
from ingest.tables.grid import Grid
from ingest.tables.html_grid import html_grids

Read = Callable[[str], tuple[Chunk, ...]]

TWO_ROWS = (
    '<table><tr><th rowspan="2">施設名</th><th rowspan="2">運営</th><th colspan="2">令和５年度</th></tr>'
    "<tr><th>定員</th><th>児童数</th></tr>"
    '<tr><td>こども園</td><td rowspan="2">町立</td><td>105</td><td>88</td></tr>'
    '<tr><td>保育所</td><td>30</td><td>9</td></tr><tr><td colspan="2">計</td><td>135</td><td>97</td></tr></table>'
)


def grids(text: str) -> list[Grid]:
    """Return the grids of a text that is one HTML table, or several."""
    return list(html_grids(text, Span(0, len(text))))


def rows(chunks: tuple[Chunk, ...]) -> list[Row]:
    """Return the table rows among chunks."""
    return [chunk.row for chunk in chunks if chunk.row is not None]


def values(row: Row) -> list[tuple[str, str]]:
    """Return a row's columns and values."""
    return [(cell.column, cell.value) for cell in row.cells]


@pytest.mark.parametrize("text", [TWO_ROWS, TWO_ROWS.replace("<", "\n<"), TWO_ROWS.upper()])
def test_merged_cells_are_resolved_by_the_spans_of_the_tags(read: Read, text: str) -> None:
    """Names from every header row over a column; what goes on from above or beside has its value, and says so."""
    first, second, total = rows(read(f"# 施設\n\n{text}\n"))
    assert values(second) == [
        ("施設名", "保育所"),
        ("運営", "町立"),
        ("令和５年度 定員", "30"),
        ("令和５年度 児童数", "9"),
    ]
    assert [cell.inherited for cell in second.cells] == [False, True, False, False]
    assert second.cells[1].span == first.cells[1].span
    assert (total.total, total.label, [cell.inherited for cell in total.cells]) == (
        True,
        "計",
        [False, True, False, False],
    )


def test_every_cell_is_the_very_words_of_the_text(read: Read) -> None:
    """A cell's span has no white space and no tags at its ends, and lies where the words stand."""
    text = (
        "<table>\n<tr><th> 区分 </th><th><p>人数</p></th></tr>\n<tr><td><b>大人</b></td><td>12&nbsp;</td></tr></table>"
    )
    (row,) = rows(read(text))
    assert [cell.span.of(text) for cell in row.cells] == ["大人", "12"]
    assert row.header.of(text).startswith("区分")


def test_lists_and_breaks_inside_a_cell_are_its_words() -> None:
    """A cell's own mark-up is left out of its reading and stays in its span."""
    text = "<table><tr><th>課</th><th>内容</th></tr><tr><td>総務課</td><td><ul><li>調査</li><li>公表</li></ul></td></tr></table>"
    (grid,) = grids(text)
    assert grid.texts[1] == ("総務課", "調査公表")
    assert grid.spans[1][1].of(text) == "調査</li><li>公表"


def test_a_header_may_have_four_rows() -> None:
    """As many rows of header cells as stand at the top are the header."""
    head = "".join(f"<tr><th>{n}</th><th colspan=2>名{n}</th></tr>" for n in range(1, 5))
    (grid,) = grids(f"<table>{head}<tr><td>a</td><td>1</td><td>2</td></tr></table>")
    assert grid.head == 4
    assert grid.names == ("1 2 3 4", "名1 名2 名3 名4", "名1 名2 名3 名4")


def test_a_header_without_header_cells_is_known_by_its_spans() -> None:
    """区分 over two rows and two columns says how deep the header is."""
    (grid,) = grids(
        "<table><tr><td colspan=2 rowspan=2>区分</td><td colspan=2>３号</td></tr><tr><td>０歳</td><td>１歳</td></tr>"
        "<tr><td rowspan=2>R7</td><td>見込み</td><td>5</td><td>24</td></tr><tr><td>確保</td><td>9</td><td>26</td></tr></table>"
    )
    assert (grid.head, grid.names) == (2, ("区分", "区分", "３号 ０歳", "３号 １歳"))
    assert grid.texts[3] == ("〃", "確保", "9", "26")


def test_a_caption_leads_into_the_rows(read: Read) -> None:
    """The caption element names the table, and its unit holds for the cells."""
    text = (
        "# 財政\n\n<table><caption>表１　見通し（単位：千円）</caption>"
        "<tr><th>区分</th><th>R7</th></tr><tr><td>町税</td><td>12</td></tr></table>"
    )
    (chunk,) = [chunk for chunk in read(text) if chunk.row]
    assert chunk.row is not None
    assert (chunk.row.table, chunk.row.unit) == ("表１見通し（単位：千円）", "千円")
    assert "見通し" in chunk.search_text


def test_a_first_row_over_all_columns_is_the_caption() -> None:
    """The table's title set as its first row is no column name."""
    (grid,) = grids(
        "<table><tr><th colspan=2>人口</th></tr><tr><th>年</th><th>人</th></tr><tr><td>R5</td><td>9</td></tr></table>"
    )
    assert grid.caption is not None
    assert grid.names == ("年", "人")


@pytest.mark.parametrize(
    "text",
    [
        "<table><tr><th>課<th>人<tr><td>総務課<td>9</table>",
        "<table><tr><th>課</th><th>人</th><tr><td>総務課</td><td>9",
        "<table><th>課</th><th>人</th></tr></tr><td>総務課</td><td>9</td></table>",
        "<TABLE border=1><THEAD><TR><TD>課</TD><TD>人</TD></TR></THEAD><TBODY><TR><TD>総務課</TD><TD>9</TD></TR></TBODY></TABLE>",
        "<table><tr><th>課</th><th>人</th></tr><!-- <tr><td>旧</td></tr> --><tr><td>総務課</td><td>9</td></tr></table>",
    ],
)
def test_broken_mark_up_is_read_as_it_is_meant(text: str) -> None:
    """Tags left open, left out or written in capitals; what a comment holds is no row."""
    (grid,) = grids(text)
    assert grid.texts == (("課", "人"), ("総務課", "9"))


def test_a_table_in_a_cell_is_the_cells_words() -> None:
    """Only the outer table has rows."""
    (grid,) = grids(
        "<table><tr><td>課</td><td>人</td></tr><tr><td>甲</td><td><table><tr><td>内</td></tr></table></td></tr></table>"
    )
    assert grid.texts == (("課", "人"), ("甲", "内"))


def test_labels_down_the_side_make_no_column_names(read: Read) -> None:
    """Header cells that open every row label the rows."""
    chunks = read(
        "# 窓口\n\n<table><tr><th>所在地</th><td>大字見本1番地</td></tr><tr><th>電話</th><td>0120</td></tr></table>\n"
    )
    (listed,) = [chunk for chunk in chunks if chunk.kind is Kind.LIST]
    assert [unit.search_text for unit in listed.units] == ["所在地", "大字見本1番地", "電話", "0120"]


def test_tables_side_by_side_are_tables_of_their_own() -> None:
    """A second table in the same stretch of text begins anew."""
    one = "<table><tr><td>課</td><td>人</td></tr><tr><td>甲</td><td>1</td></tr></table>"
    assert [grid.texts[0] for grid in grids(one + one.replace("課", "係"))] == [("課", "人"), ("係", "人")]


def test_spans_that_would_make_mostly_holes_are_ignored() -> None:
    """A hostile rowspan and colspan cost no more than the cells there are."""
    text = "<table>" + "<tr><td rowspan=65000 colspan=1000>x</td></tr>" * 3000 + "</table>"
    assert sum(len(grid.texts) * len(grid.texts[0]) for grid in grids(text)) <= 60_000


@pytest.mark.parametrize("newline", ["", "\n"])
def test_what_stands_behind_a_table_on_its_line_is_kept(newline: str) -> None:
    """Words after the closing tag are a line of their own, whether or not the table is on one line."""
    text = f"<table><tr><td>課</td>{newline}</tr></table>以上です。\n次の行です。"
    assert [line.text for line in read_lines(text) if line.text][1:] == ["以上です。", "次の行です。"]
