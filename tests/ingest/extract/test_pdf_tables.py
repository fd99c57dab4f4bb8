"""Ruled tables of a PDF: cells, merged cells, headers of two rows, and tables that go on over a page."""

from __future__ import annotations

from ingest.extract.pdf import extract_pdf
from tests.ingest.extract.drawing import LEFT, RIGHT, Cell, Sheet

XS = (LEFT, 170.0, 270.0, 370.0, 500.0)
HEADER: tuple[Cell, ...] = (
    (0, 0, 2, 1, "項目"),
    (0, 1, 1, 2, "年度"),
    (0, 3, 2, 1, "担当"),
    (1, 1, 1, 1, "R5"),
    (1, 2, 1, 1, "R6"),
)


def row(at: int, *words: str) -> list[Cell]:
    """Return the cells of a plain row."""
    return [(at, column, 1, 1, text) for column, text in enumerate(words)]


def test_merged_cells_and_a_header_of_two_rows_become_tab_rows() -> None:
    """What goes on from above is 〃; from the left it is empty in the header and the value again in the body."""
    sheet = Sheet()
    body = [(2, 0, 2, 1, "窓口"), (2, 1, 1, 2, "検討"), (2, 3, 1, 1, "総務課"), *row(3, "", "10", "20", "住民課")[1:]]
    sheet.table([*HEADER, *body], XS, 100)
    assert extract_pdf(sheet.data()).text == (
        "項目\t年度\t\t担当\n〃\tR5\tR6\t〃\n窓口\t検討\t検討\t総務課\n〃\t10\t20\t住民課\n"
    )


def test_text_in_a_table_is_not_repeated_and_its_neighbours_stay_apart() -> None:
    """The caption and the text below keep their own lines, and no cell comes twice."""
    sheet = Sheet()
    sheet.line(LEFT, 80, "表1 利用の件数")
    bottom = sheet.table([*row(0, "課", "件数"), *row(1, "総務課", "12"), *row(2, "住民課", "")], (LEFT, 200, 300), 100)
    sheet.line(LEFT, bottom + 20, "出典：見本町調べ")
    assert extract_pdf(sheet.data()).text == ("表1 利用の件数\n\n課\t件数\n総務課\t12\n住民課\t\n\n出典：見本町調べ\n")


def test_lines_that_the_cell_broke_are_joined_and_lines_of_the_author_get_a_space() -> None:
    """A full line goes on without a space; a short one, or one before a bullet, does not."""
    sheet = Sheet()
    words = "申請書の記入を職員が\n手伝う。"  # ten letters of nine points fill the cell
    sheet.table([*row(0, "取組", "内容"), *row(1, words, "・研修\n・点検")], (LEFT, LEFT + 100, 400), 100, height=30)
    assert extract_pdf(sheet.data()).text == "取組\t内容\n申請書の記入を職員が手伝う。\t・研修 ・点検\n"


def test_a_table_that_repeats_its_header_on_the_next_page_is_written_twice() -> None:
    """The parser joins the two parts by their header, and the second page begins at its header."""
    sheet = Sheet()
    sheet.table([*row(0, "課", "件数"), *row(1, "総務課", "12")], (LEFT, 200, 300), 700)
    sheet.page()
    sheet.table([*row(0, "課", "件数"), *row(1, "住民課", "34")], (LEFT, 200, 300), 70)
    extracted = extract_pdf(sheet.data())
    first = "課\t件数\n総務課\t12\n\n"
    assert extracted.text == f"{first}課\t件数\n住民課\t34\n"
    assert extracted.pages == (0, len(first))


def test_a_table_without_a_header_on_the_next_page_is_one_table() -> None:
    """The same columns at the top of the next page go on with the table, also where some of them are merged."""
    sheet = Sheet()
    xs = (LEFT, 160.0, 260.0, 360.0)
    sheet.table([(0, 0, 1, 1, "番号"), (0, 1, 1, 2, "取組事項"), *row(1, "1")[:1], (1, 1, 1, 2, "窓口")], xs, 700)
    sheet.page()
    sheet.table(row(0, "工程", "R5", "R6"), xs, 70)
    extracted = extract_pdf(sheet.data())
    assert extracted.text == "番号\t取組事項\t\n1\t窓口\t窓口\n工程\tR5\tR6\n"
    assert extracted.text[extracted.pages[1] :] == "工程\tR5\tR6\n"


def test_sides_that_a_design_leaves_open_are_seen() -> None:
    """A table without its outer upright lines keeps its first and last column."""
    sheet = Sheet()
    for y in (100, 124, 148, 172):
        sheet.rule(LEFT, y, 400)
    sheet.canvas.line(200, 842 - 100, 200, 842 - 172)
    for i, (left, right) in enumerate((("課", "件数"), ("総務課", "12"), ("住民課", "34"))):
        sheet.line(LEFT + 4, 104 + 24 * i, left)
        sheet.line(204, 104 + 24 * i, right)
    assert extract_pdf(sheet.data()).text == "課\t件数\n総務課\t12\n住民課\t34\n"


def test_a_frame_around_text_is_no_table() -> None:
    """Boxed text is read as paragraphs, joined over its own line ends."""
    sheet = Sheet()
    words = (
        "この枠の中の文は、本文より狭い幅で組まれているため、行の終わりは本文の終わりよりも左にあるが、"
        "それでも一つの段落として読まれる。枠は表ではない。"
    )
    sheet.canvas.rect(LEFT, 842 - 200, 300, 110)
    sheet.flow(words, 100, LEFT + 10, LEFT + 290)
    sheet.flow("本文はこの幅で組まれていて、" * 4, 250, LEFT, RIGHT)
    assert extract_pdf(sheet.data()).text.startswith(f"{words}\n\n")


def test_a_reference_in_a_cell_is_marked() -> None:
    """A raised mark inside a table becomes [※1] as in running text."""
    sheet = Sheet()
    sheet.flow("本文はこの大きさの活字で組まれている。", 60)
    sheet.table([*row(0, "取組", "内容"), *row(1, "窓口", "")[:1], (1, 1, 1, 1, "")], (LEFT, 200, 400), 100)
    x = sheet.line(204, 128, "人工知能", 9)
    sheet.line(x, 127, "※1", 5)
    sheet.line(LEFT, 760, "※1 人工知能：考える計算機。", 8)
    assert "窓口\t人工知能[※1]\n" in extract_pdf(sheet.data()).text
