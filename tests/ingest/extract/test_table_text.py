"""A grid of cells becomes rows that the text parser reads, whatever spans it claims."""

from __future__ import annotations

from itertools import pairwise

from ingest.extract.table_text import GridCell, header_rows, place_cells, split_caption, table_lines


def cell(text: str, *, rows: int = 1, columns: int = 1, header: bool = False) -> GridCell:
    """Return a cell that is still to be placed."""
    return GridCell(text, 0, 0, rows, columns, header)


def test_a_two_row_header_with_merged_cells() -> None:
    """A name over two columns is written once, a name over two rows goes on as 〃."""
    cells = place_cells(
        [
            [cell("部署", rows=2), cell("使用システム", columns=2), cell("備考", rows=2)],
            [cell("基幹系"), cell("その他")],
            [cell("総務課"), cell("1"), cell("2"), cell("")],
        ]
    )
    assert header_rows(cells) == 2
    assert table_lines(cells, 2) == [
        "部署\t使用システム\t\t備考",
        "〃\t基幹系\tその他\t〃",
        "総務課\t1\t2\t",
    ]


def test_merged_body_cells_go_down_and_sideways() -> None:
    """In the body a cell over columns repeats its value, and over rows is 〃 in every column that it covers."""
    cells = place_cells(
        [
            [cell("課"), cell("令和5年度"), cell("令和6年度")],
            [cell("総務課", rows=2), cell("検討", columns=2)],
            [cell("実施", columns=2)],
            [cell("全課", rows=2, columns=2), cell("継続")],
            [cell("拡大")],
        ]
    )
    assert table_lines(cells, 1) == [
        "課\t令和5年度\t令和6年度",
        "総務課\t検討\t検討",
        "〃\t実施\t実施",
        "全課\t全課\t継続",
        "〃\t〃\t拡大",
    ]


def test_line_breaks_and_tabs_in_a_cell_are_one_space() -> None:
    """A cell stays in its column whatever stands in it."""
    cells = place_cells([[cell("取組\n事項"), cell("担当\t\t課")], [cell(" 窓口 "), cell("　総務課")]])
    assert table_lines(cells, 1) == ["取組 事項\t担当 課", "窓口\t総務課"]


def test_rows_that_are_short_are_filled() -> None:
    """Every row has the same number of cells."""
    cells = place_cells([[cell("a"), cell("b"), cell("c")], [cell("1")], [cell("2"), cell("3")]])
    assert table_lines(cells, 1) == ["a\tb\tc", "1\t\t", "2\t3\t"]


def test_columns_in_which_nothing_begins_are_left_out() -> None:
    """A form that is drawn on a fine grid keeps only the columns that hold something."""
    cells = place_cells([[cell("課", columns=7), cell("件数", columns=3)], [cell("総務課", columns=7), cell("2")]])
    assert table_lines(cells, 1) == ["課\t件数", "総務課\t2"]


def test_a_title_row_is_a_caption_and_not_the_only_cell() -> None:
    """A first row of one cell over everything is the table's title; a table of one cell is left alone."""
    titled = place_cells([[cell("表1 業務量", columns=2)], [cell("課"), cell("件数")], [cell("総務課"), cell("2")]])
    title, rest = split_caption(titled)
    assert title == "表1 業務量"
    assert table_lines(rest, header_rows(rest)) == ["課\t件数", "総務課\t2"]
    assert split_caption(place_cells([[cell("囲み")]]))[0] == ""


def test_marked_header_rows_count_before_any_guess() -> None:
    """Header rows are those that the file marks; without marks the first row, unless it is a single cell."""
    marked = place_cells(
        [[cell(t, header=True) for t in "ab"], [cell(t, header=True) for t in "cd"], [cell("1"), cell("2")]]
    )
    assert header_rows(marked) == 2
    assert header_rows(place_cells([[cell("a"), cell("b")], [cell("1"), cell("2")]])) == 1
    assert header_rows(place_cells([[cell("a")], [cell("1"), cell("2")]])) == 0
    assert header_rows([]) == 0


def test_a_label_down_the_side_is_no_header() -> None:
    """A first cell over many rows does not make names of the rows beside it."""
    side = place_cells([[cell("総務課", rows=3), cell("a")], [cell("b")], [cell("c")]])
    assert header_rows(side) == 1


def test_huge_spans_are_clamped() -> None:
    """Spans of a thousand million columns and rows cost nothing and change nothing."""
    huge = 10**9
    cells = place_cells([[cell("課", rows=huge, columns=huge), cell("x")], [cell("y", columns=-5, rows=-1)]])
    assert table_lines(cells, 0) == ["課\tx", "〃\ty"]


def test_a_staircase_is_written_without_its_holes() -> None:
    """A table that is nearly all holes loses the holes and no words, so that it takes no more room than its cells."""
    staircase = [GridCell(f"値{i}", i, i) for i in range(2_000)]
    assert table_lines(staircase, 0) == [f"値{i}" for i in range(2_000)]


def test_repeated_values_are_bounded() -> None:
    """A long value over many columns is not repeated without end."""
    cells = place_cells([[cell("a")] * 500, *([[cell("長" * 1_000, columns=500)]] * 50)])
    assert sum(map(len, table_lines(cells, 1))) < 6 * 50 * 1_000


def test_a_hundred_thousand_columns_keep_their_order() -> None:
    """A table of 100,000 columns is read like any other."""
    cells = place_cells([[cell(str(i)) for i in range(100_000)], [cell(str(-i)) for i in range(100_000)]])
    first, second = (line.split("\t") for line in table_lines(cells, 1))
    assert first == [str(i) for i in range(100_000)]
    assert second[-1] == "-99999"


def test_cells_from_above_push_to_the_right_and_end_spans() -> None:
    """A cell finds the next free column, and its span ends where a cell from above stands."""
    placed = place_cells([[cell("a"), cell("b", rows=2), cell("c")], [cell("d", columns=3), cell("e")]])
    assert [(c.text, c.row, c.column, c.columns) for c in placed][3:] == [("d", 1, 0, 1), ("e", 1, 2, 1)]
    assert all(left.column < right.column for left, right in pairwise(placed[:3]))
