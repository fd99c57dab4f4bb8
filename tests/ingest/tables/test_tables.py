"""A table row reads on its own: names, merged cells and page breaks are resolved."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.document import Chunk, Kind, Row

Read = Callable[[str], tuple[Chunk, ...]]

OFFICES = """1. 業務量

●業務量の一覧

部署名(課)\t部署名(班)\t事務数\t使用システム\t\t
\t\t\t基幹系\tその他\t合計
総務課\t総務班\t12\t\t3\t3
\t人事班\t8\t2\t\t2
総務課 計\t\t20\t2\t3\t5
会計課\t会計班\t5\t\t1\t1
"""
NEXT_PAGE = """

- 7 -

部署名(課)\t部署名(班)\t事務数\t使用システム\t\t
\t\t\t基幹系\tそ の 他\t合計
\t出納班\t4\t1\t\t1
合　計\t\t29\t3\t4\t7
"""
CARD = """No\t取組事項\t\t
①\t窓口の改善\t\t
現況と課題\t申請書を手で書いています。時間がかかります。\t\t
取組の概要\t書かずに済む窓口を設けます。\t\t
担当\t－\t\t
工程\t令和5年度\t令和6年度\t令和7年度
検討\t----->\t\t
実施\t\t————▶\t
"""


def rows(chunks: tuple[Chunk, ...]) -> list[Row]:
    """Return the table rows among chunks."""
    return [chunk.row for chunk in chunks if chunk.row is not None]


def cells(row: Row) -> dict[str, str]:
    """Return the filled cells of a row by column name."""
    return {cell.column: cell.value for cell in row.cells if cell.value}


def test_a_two_row_header_is_joined(read: Read) -> None:
    """A name over several columns stands before each of the names below it."""
    assert list(cells(rows(read(OFFICES))[0])) == [
        "部署名(課)",
        "部署名(班)",
        "事務数",
        "使用システム その他",
        "使用システム 合計",
    ]


def test_a_merged_first_cell_is_inherited(read: Read) -> None:
    """A blank first cell has the value and the place of the cell above, and says that it is inherited."""
    first, second = rows(read(OFFICES))[:2]
    assert second.cells[0].value == "総務課"
    assert second.cells[0].inherited
    assert not first.cells[0].inherited
    assert second.cells[0].span == first.cells[0].span
    assert second.label == "総務課 人事班"


def test_totals_are_known_from_names(read: Read) -> None:
    """総務課 計 and 合　計 are totals; 会計課 is an office."""
    totals = {row.cells[0].value: row.total for row in rows(read(OFFICES + NEXT_PAGE))}
    assert totals == {"総務課": False, "総務課計": True, "会計課": False, "合計": True}


@pytest.mark.parametrize(("second", "inherits"), [("小計", True), ("小 計", True), ("合計", False)])
def test_a_subtotal_belongs_to_the_merged_cell_beside_it(read: Read, second: str, inherits: bool) -> None:
    """小計 beside a blank first cell is that office's; 合計 there is the whole table's."""
    row = rows(read(f"課名\t班名\t件数\n総務課\t総務班\t12\n\t{second}\t12\n"))[-1]
    assert row.total
    assert (row.cells[0].value == "総務課") is inherits


def test_a_table_goes_on_over_a_page_break(read: Read) -> None:
    """A repeated header is no row; blank cells after it inherit from the page before; all rows are of one table."""
    found = rows(read(OFFICES + NEXT_PAGE))
    assert [row.cells[1].value for row in found] == ["総務班", "人事班", "", "会計班", "出納班", ""]
    assert found[4].cells[0].value == "会計課"
    assert len({row.table_span for row in found}) == 1


def test_a_second_table_with_the_same_names_is_another_table(read: Read) -> None:
    """Text between two tables parts them, although their columns have the same names."""
    one, two = rows(read("課名\t件数\n総務課\t1\n住民課\t2\n\n次の表は翌年度の件数です。\n\n課名\t件数\n\t3\n"))[1:]
    assert one.table_span != two.table_span
    assert two.cells[0].value == ""


def test_a_row_is_quoted_without_its_inherited_cell(read: Read) -> None:
    """A row's own words are its quote; what it inherits is found by search all the same."""
    text = OFFICES
    chunk = next(chunk for chunk in read(text) if chunk.row is not None and chunk.row.label.endswith("人事班"))
    assert [unit.span.of(text) for unit in chunk.units] == ["人事班\t8\t2\t\t2"]
    assert "総務課" in chunk.search_text
    assert "使用システム基幹系2" in chunk.search_text


def test_years_name_columns(read: Read) -> None:
    """A header of years is a header, and the figures below stand under them."""
    (row,) = rows(read("区分\t2020\t2021\n人口\t11,914\t11,800\n"))
    assert cells(row) == {"区分": "人口", "2020": "11,914", "2021": "11,800"}


def test_a_table_name_is_the_heading_above(read: Read) -> None:
    """The heading right above a table names it."""
    assert {row.table for row in rows(read(OFFICES))} == {"業務量の一覧"}


def test_a_grid_without_names_is_lists(read: Read) -> None:
    """Cells without column names become list items, each list under its caption row."""
    text = "子育ての手続\t\t\n認定の請求\t額の改定\t変更の届出\n介護の手続\t\t\n認定の申請\t更新の申請\t\n"
    lists = {chunk.heading_path[-1]: [unit.span.of(text) for unit in chunk.units] for chunk in read(text)}
    assert lists == {
        "子育ての手続": ["認定の請求", "額の改定", "変更の届出"],
        "介護の手続": ["認定の申請", "更新の申請"],
    }


def test_a_single_row_is_not_lost(read: Read) -> None:
    """A line with a tab that belongs to no table can still be found and quoted."""
    assert [unit.search_text for chunk in read("電話\t0120-000-000\n") for unit in chunk.units] == [
        "電話",
        "0120-000-000",
    ]


def test_a_record_card_has_its_title_fields_and_schedule(read: Read) -> None:
    """A card is one chunk for its title, one for each field and one for each row of its schedule, all under its title."""
    text = f"1. 取組事項\n\n{CARD}"
    title, *rest = [chunk for chunk in read(text) if chunk.kind is not Kind.OUTLINE]
    assert title.kind is Kind.CARD
    assert title.units[0].span.of(text) == "窓口の改善"
    assert {chunk.heading_path[:2] for chunk in [title, *rest]} == {("1. 取組事項", "① 窓口の改善")}
    fields = {chunk.heading_path[-1]: [u.span.of(text) for u in chunk.units] for chunk in rest if chunk.row is None}
    assert fields == {
        "現況と課題": ["申請書を手で書いています。", "時間がかかります。"],
        "取組の概要": ["書かずに済む窓口を設けます。"],
        "担当": ["－"],
    }
    schedule = [cells(chunk.row) for chunk in rest if chunk.row is not None]
    assert schedule == [{"工程": "検討", "令和5年度": "----->"}, {"工程": "実施", "令和6年度": "————▶"}]


def test_cards_stand_in_the_outline_of_their_section(read: Read) -> None:
    """The cards of one section are listed by their titles."""
    text = f"1. 取組事項\n\n{CARD}\n{CARD.replace('①', '②').replace('窓口の改善', '電子申請の拡充')}"
    outline = next(chunk for chunk in read(text) if chunk.kind is Kind.OUTLINE)
    assert outline.heading_path == ("1. 取組事項",)
    assert [unit.span.of(text) for unit in outline.units] == ["窓口の改善", "電子申請の拡充"]


def test_a_markdown_table_is_a_table(read: Read) -> None:
    """Bars part the cells, the rule under the header is furniture, and asterisks around a cell are no part of it."""
    text = "1. 人口\n\n| 区分 | 令和４年 | 令和５年 |\n| --- | --- | --- |\n| 総人口（人） | 3,092 | 3,018 |\n| **合計** | **1** | 2 |\n"
    found = rows(read(text))
    assert [cells(row) for row in found] == [
        {"区分": "総人口（人）", "令和４年": "3,092", "令和５年": "3,018"},
        {"区分": "合計", "令和４年": "1", "令和５年": "2"},
    ]
    assert [row.total for row in found] == [False, True]
    assert all(cell.span.of(text) == cell.value for row in found for cell in row.cells)


def test_a_second_header_row_is_known_by_the_figures_under_it(read: Read) -> None:
    """Names under single names, with blank label cells before them and figures below, are a second header row."""
    text = "1. 目標\n\n区分\t指標\t基準値\t目標値\t\n\t\t令和５年度\t令和10年度\t令和15年度\n資源化\t率\t18.4\t22.0\t25.0\n"
    assert cells(rows(read(text))[0]) == {
        "区分": "資源化",
        "指標": "率",
        "基準値 令和５年度": "18.4",
        "目標値 令和10年度": "22.0",
        "目標値 令和15年度": "25.0",
    }


def test_a_glossary_set_as_a_table_is_entries(read: Read) -> None:
    """Terms in the first column and definitions in the second make glossary entries, under letters too."""
    text = "用語の解説\n\n【さ行】\n循環型社会\t資源の消費を抑え、環境への負荷をできる限り減らす社会。\n"
    (entry,) = [chunk for chunk in read(text) if chunk.kind is Kind.ENTRY]
    assert entry.term == "循環型社会"
    assert [unit.span.of(text) for unit in entry.units] == ["資源の消費を抑え、環境への負荷をできる限り減らす社会。"]


@pytest.mark.parametrize("ditto", ["〃", "同上", "″"])
def test_a_ditto_mark_stands_for_the_cell_above(read: Read, ditto: str) -> None:
    """In any column, over several rows, and never in the quote."""
    text = f"1. 取組\n\n施策\t取組\t担当課\n窓口\t予約\t住民課\n{ditto}\t書かない窓口\t{ditto}\n{ditto}\t休日の窓口\t総務課\n"
    first, second, third = rows(read(text))
    assert [cell.value for cell in first.cells] == ["窓口", "予約", "住民課"]
    assert [cell.value for cell in second.cells] == ["窓口", "書かない窓口", "住民課"]
    assert [cell.value for cell in third.cells] == ["窓口", "休日の窓口", "総務課"]
    assert [cell.inherited for cell in second.cells] == [True, False, True]
    assert second.cells[2].span == first.cells[2].span


def test_a_card_may_name_its_title_like_its_other_fields(read: Read) -> None:
    """Number and title stand in rows of their own; the merged first cell of the schedule goes on below."""
    text = (
        "1. 取組\n\nNo\t4\t\t\n取組事項\t教室の充実\t教室の充実\t教室の充実\n"
        "取組の概要\t集会所を巡回し、年42回開く教室にします。\t\t\n工程\t令和7年度\t令和8年度\t令和9年度\n〃\t準備\t開催\t開催\n"
    )
    chunks = read(text)
    titles = [chunk.heading_path[-1] for chunk in chunks if chunk.kind is Kind.CARD]
    assert titles == ["4 教室の充実", "取組の概要"]
    [schedule] = rows(chunks)
    assert [(cell.column, cell.value) for cell in schedule.cells[1:]] == [
        ("令和7年度", "準備"),
        ("令和8年度", "開催"),
        ("令和9年度", "開催"),
    ]


def test_a_header_cell_over_two_rows_is_one_name(read: Read) -> None:
    """〃 in the second header row adds nothing to the name above it; a blank beside a name, over words as well, goes on from it."""
    text = "1. 職員数\n\n部門\t\t令和5年\t\n〃\t〃\t正規\t任用\n行政\t議会\t28\t14\n〃\t税務\t17\t8\n"
    first, second = rows(read(text))
    assert [cell.column for cell in first.cells] == ["部門", "部門", "令和5年 正規", "令和5年 任用"]
    assert (second.cells[0].value, second.cells[0].inherited) == ("行政", True)


FINANCE = """1. 財政の見通し

表２　中期財政見通し
（単位：百万円、△は減）
区分\t\t実績\t見通し\t
\t\t令和５年度\t令和７年度\t令和８年度
歳入\t市税\t2,985\t2,940\t2,912
\t小計\t18,696\t18,350\t17,630
{between}歳出\t人件費\t3,310\t3,402\t3,420
\tうち職員給\t2,000\t2,010\t2,020
\t小計\t18,361\t18,330\t17,615
差引\t\t335\t20\t15
"""
HEADER = "区分\t\t実績\t見通し\t\n\t\t令和５年度\t令和７年度\t令和８年度\n"


@pytest.mark.parametrize(
    "between",
    [
        "",
        f"\n- 4 -\n\n{HEADER}",
        f"\n- 4 -\n\n（表２の続き）\n{HEADER}",
        f"\n- 4 -\n\n表２　中期財政見通し（つづき）\n（単位：百万円）\n{HEADER}",
        f"\n- 4 -\n\n{HEADER.replace('区分', '区　分').replace('令和', '令 和')}",
        "\n- 4 -\n\n",
    ],
)
def test_a_table_is_one_whatever_stands_between_its_parts(read: Read, between: str) -> None:
    """A page break with or without the header again, a line that says つづき, other spaces: one table, with one unit."""
    found = rows(read(FINANCE.format(between=between)))
    assert len({row.table_span for row in found}) == 1
    assert [(row.cells[0].value, row.cells[1].value) for row in found] == [
        ("歳入", "市税"),
        ("歳入", "小計"),
        ("歳出", "人件費"),
        ("歳出", "うち職員給"),
        ("歳出", "小計"),
        ("差引", ""),
    ]
    assert {row.unit for row in found} == {"百万円"}
    assert [cell.column for cell in found[-1].cells] == [
        "区分",
        "区分",
        "実績 令和５年度",
        "見通し 令和７年度",
        "見通し 令和８年度",
    ]


def test_totals_and_parts_are_no_items_of_their_own(read: Read) -> None:
    """小計 and 差引 are made of other rows; うち… is contained in the row above it, and is no total."""
    found = rows(read(FINANCE.format(between="")))
    assert [row.total for row in found] == [False, True, False, False, True, True]
    assert [row.part for row in found] == [False, False, False, True, False, False]


def test_a_row_can_be_found_by_its_unit(read: Read) -> None:
    """The unit above a table is searched with each row; a 単位 column gives each row its own."""
    first = next(chunk for chunk in read(FINANCE.format(between="")) if chunk.row)
    assert "単位百万円" in first.search_text.replace(" ", "")
    own = rows(read("1. 指標\n\n指標名\t単位\t目標値\n転入者数\t人／年\t350\n宿泊者数\t人泊\t12,000\n"))
    assert [row.unit for row in own] == ["人／年", "人泊"]


def test_the_title_above_a_unit_still_leads_into_the_table(read: Read) -> None:
    """（単位：人） on a line of its own stands between a table and its title, and parts them not."""
    chunk = next(
        c
        for c in read("1. 児童\n\n図表２ 児童数の推移\n\n（単位：人）\n\n| 区分 | R2 |\n|---|---|\n| 幼児 | 21 |\n")
        if c.row
    )
    assert "児童数の推移" in chunk.search_text
    assert chunk.row is not None
    assert chunk.row.unit == "人"


@pytest.mark.parametrize(
    ("label", "total"),
    [("歳入合計", True), ("男女計", True), ("総数", True), ("累計", True), ("合計（A）", True), ("一般会計", False), ("設計", False)],
)  # fmt: skip
def test_words_tell_totals(read: Read, label: str, total: bool) -> None:
    """合計 behind any name, 計 behind most: what ends in 会計 or 統計 is an item."""
    assert rows(read(f"1. 表\n\n区分\t件数\n甲\t12\n{label}\t24\n"))[-1].total is total


def test_both_rows_of_a_merged_total_are_totals(read: Read) -> None:
    """合計 over 実数 and 構成比 is one merged cell: the blank below it is not of the group before."""
    found = rows(
        read("1. 人口\n\n区分\t項目\tR2\n高齢者\t実数\t4,628\n\t構成比\t45.5\n合計\t実数\t10,163\n\t構成比\t100.0\n")
    )
    assert [(row.cells[0].value, row.total) for row in found] == [
        ("高齢者", False),
        ("高齢者", False),
        ("合計", True),
        ("合計", True),
    ]


def test_a_running_number_stands_in_a_label_and_ends_it_not(read: Read) -> None:
    """方針, No. and 実施項目: the item names the row, with its number before it."""
    found = rows(read("1. 項目\n\n方針\tNo.\t実施項目\t担当課\nア\t1\t電子決裁\t総務課\n\t2\t予約\t税務課\n"))
    assert [row.label for row in found] == ["ア 1 電子決裁", "ア 2 予約"]


def test_what_ocr_writes_around_signs_is_no_part_of_a_cell(read: Read) -> None:
    r"""\% and \| are the signs themselves, an arrow in a formula is an arrow, a break is none."""
    text = "| 項目 | R7 | R8 |\n| :--- | ---: | :---: |\n| 甲\\|乙 | 77.2\\% | $\\rightarrow$ |\n| 丙<br>（丁） | *2 | ● |\n"
    assert [[cell.value for cell in row.cells] for row in rows(read(text))] == [
        ["甲|乙", "77.2%", "→"],
        ["丙（丁）", "*2", "●"],
    ]


def test_three_header_rows_are_joined(read: Read) -> None:
    """A name over names over names."""
    text = "1. 量\n\n区分\t３号認定\t\t\t\n\t０歳\t\t１歳\t\n\t町内\t町外\t町内\t町外\n見込み\t5\t1\t24\t2\n確保\t9\t1\t26\t2\n"
    found = rows(read(text))
    assert [cell.column for cell in found[0].cells][1:3] == ["３号認定 ０歳 町内", "３号認定 ０歳 町外"]
    assert [cell.column for cell in found[0].cells][4] == "３号認定 １歳 町外"
    assert len(found) == 2


def test_a_very_wide_row_makes_no_other_row_wide(read: Read) -> None:
    """Ten thousand cells in one line cost what they are, and the rows below stay as they are."""
    text = "\t".join("甲" for _ in range(10_000)) + "\n課名\t係名\n" + "総務課\t庶務係\n" * 200
    assert {len(row.cells) for row in rows(read(text))} == {2}


def test_a_unit_right_under_a_heading_holds_for_the_table(read: Read) -> None:
    """What stands in the section before has nothing to do with it."""
    text = "1. 区域\n\n町全域を一つの区域とします。\n\n2. 見込み\n\n単位：人\n\n区分\tR7\n幼児\t21\n"
    assert rows(read(text))[0].unit == "人"


def test_marks_and_percentages_are_no_part_of_a_label(read: Read) -> None:
    """A row is named by its words alone."""
    found = rows(read("1. 表\n\n項目\tR7\tR8\n検討\t○\t→\n保有率\t76.8％\t80.0％\n"))
    assert [row.label for row in found] == ["検討", "保有率"]
