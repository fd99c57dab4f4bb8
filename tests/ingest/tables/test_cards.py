"""Record cards in the layouts that plans use, and tables that only look like cards."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.document import Chunk, Kind

Read = Callable[[str], tuple[Chunk, ...]]

PAIRS = (
    "番号\tア－１\t担当課\t市民生活課\t\n項目名\t書かない窓口の導入\t\t\t\n現状と課題\t申請書を手で書くため、時間がかかっています。\t\t\t\n"
    "取組内容\t① 聞き取りながら申請書を作る仕組みを入れます。\t\t\t\n\t② 休日にも窓口を開きます。\t\t\t\n"
    "年度\tＲ７\tＲ８\tＲ９\tＲ10\n検討\t○\t→\t\t\n実施\t\t\t●\t→\n"
)
SECOND = PAIRS.replace("ア－１", "ア－２").replace("書かない窓口の導入", "オンライン申請の拡大")


def card(read: Read, text: str) -> tuple[list[str], dict[str, list[str]], list[dict[str, str]]]:
    """Return the titles, fields and schedule rows of the cards of a text."""
    text = f"第１章　取組\n\n{text}"
    chunks = [chunk for chunk in read(text) if chunk.kind in (Kind.CARD, Kind.ROW)]
    titles = [chunk.heading_path[-1] for chunk in chunks if len(chunk.heading_path) == 2 and not chunk.row]
    fields = {
        c.heading_path[-1]: [u.span.of(text) for u in c.units] for c in chunks if len(c.heading_path) == 3 and not c.row
    }
    return titles, fields, [{c.column: c.value for c in chunk.row.cells if c.value} for chunk in chunks if chunk.row]


def test_a_row_may_hold_several_labels_with_their_values(read: Read) -> None:
    """番号 and 担当課 side by side are two fields; a row without a label goes on with the field above it."""
    titles, fields, schedule = card(read, PAIRS)
    assert titles == ["ア－１ 書かない窓口の導入"]
    assert fields == {
        "担当課": ["市民生活課"],
        "現状と課題": ["申請書を手で書くため、時間がかかっています。"],
        "取組内容": ["① 聞き取りながら申請書を作る仕組みを入れます。", "② 休日にも窓口を開きます。"],
    }
    assert schedule == [{"年度": "検討", "Ｒ７": "○", "Ｒ８": "→"}, {"年度": "実施", "Ｒ９": "●", "Ｒ10": "→"}]


@pytest.mark.parametrize("between", ["", "\n"])
def test_cards_one_below_another_are_parted(read: Read, between: str) -> None:
    """Each begins where the label that opens the first comes again, with a blank line between them or without."""
    titles, _, schedule = card(read, PAIRS + between + SECOND)
    assert titles == ["ア－１ 書かない窓口の導入", "ア－２ オンライン申請の拡大"]
    assert len(schedule) == 4


@pytest.mark.parametrize("label", ["現状と課題", "取組内容", "年度"])
def test_a_card_goes_on_behind_a_page_break(read: Read, label: str) -> None:
    """A page's number and blank lines inside a card part nothing, wherever they stand."""
    assert card(read, PAIRS.replace(f"\n{label}\t", f"\n\n- 9 -\n\n{label}\t", 1)) == card(read, PAIRS)


@pytest.mark.parametrize("label", ["事業名", "施策名", "取組名称", "プロジェクト名", "業務名", "件名"])
def test_many_labels_name_the_title(read: Read, label: str) -> None:
    """A card's title stands under any of these."""
    titles, fields, _ = card(
        read, f"{label}\t予約バスの運行\n担当課\t企画課\n事業概要\t町内の全地区で予約制のバスを走らせます。\n"
    )
    assert (titles, list(fields)) == (["予約バスの運行"], ["担当課", "事業概要"])


def test_a_card_may_be_a_markdown_or_an_html_table(read: Read) -> None:
    """The form of the table makes no difference."""
    lines = [
        ["事業名", "予約バスの運行"],
        ["担当課", "企画課"],
        ["事業概要", "町内の全地区で予約制のバスを走らせます。"],
    ]
    pipes = "".join(
        f"| {label} | {value} |\n" + ("|---|---|\n" if not at else "") for at, (label, value) in enumerate(lines)
    )
    html = "<table>" + "".join(f"<tr><th>{label}</th><td>{value}</td></tr>" for label, value in lines) + "</table>\n"
    tabs = "".join(f"{label}\t{value}\n" for label, value in lines)
    assert card(read, pipes) == card(read, html) == card(read, tabs)
    assert card(read, tabs)[0] == ["予約バスの運行"]


def test_a_card_may_have_a_header_for_its_two_columns(read: Read) -> None:
    """項目 and 内容 over labels and values name nothing; the first field is the title where the others are such as measures have."""
    text = (
        "| 項目 | 内容 |\n|---|---|\n| 施設類型 | 公営住宅 |\n"
        "| 現状と課題 | 空き家率は27％に上り、修繕が追い付いていません。 |\n| 今後の方針 | 順に解体します。 |\n| 所管 | 建設課 |\n"
    )
    titles, fields, _ = card(read, text)
    assert (titles, list(fields)) == (["公営住宅"], ["現状と課題", "今後の方針", "所管"])


def test_a_schedule_may_stand_below_a_label_of_its_own(read: Read) -> None:
    """スケジュール on a row by itself is no field; the years under it name the columns."""
    text = "事業名\t予約バスの運行\t\n事業概要\t町内の全地区で予約制のバスを走らせます。\t\nスケジュール\t\t\n項目\tR7\tR8\n運行\t●\t→\n"
    assert card(read, text)[2] == [{"項目": "運行", "R7": "●", "R8": "→"}]


def test_a_last_row_of_many_cells_is_not_lost(read: Read) -> None:
    """A row that is neither label and value nor a schedule is a field with several values."""
    text = "事業名\t予約バスの運行\t\n担当課\t企画課\t\n事業概要\t町内の全地区で予約制のバスを走らせます。\t\n財源\t国費 10\t町費 5\n"
    assert card(read, text)[1]["財源"] == ["国費 10", "町費 5"]


@pytest.mark.parametrize(
    "text",
    [
        "項目\t内容\n計画期間\t令和７年度から令和11年度までの５年間とします。\n対象\t町内に住むすべての人とします。\n",
        "事業名\t担当課\n予約バス\t企画課が町内の全地区で走らせます。\n図書館\t教育委員会が休日にも開きます。\n",
        "番号\t事業名\n1\t町内の全地区で予約制のバスを走らせる\n2\t図書館を休日にも開く取組を進める\n3\t窓口を開く\n",
        "施策\t主な取組\n移動\t町内の全地区で予約制のバスを走らせます。\n学び\t図書館を休日にも開く取組を進めます。\n",
        "事業\t令和７年度\n予約バス\t町内の全地区で予約制のバスを走らせます。\n図書館\t休日にも開く取組を進めます。\n",
    ],
)
def test_a_table_with_column_names_is_no_card(read: Read, text: str) -> None:
    """Labels and values under column names are rows."""
    chunks = read(f"第１章　取組\n\n{text}")
    assert not [chunk for chunk in chunks if chunk.kind is Kind.CARD]
    assert [chunk for chunk in chunks if chunk.kind is Kind.ROW]


LABELLED = """# 取組１ 集落Ｗｉ－Ｆｉの整備

担当課\t企画調整課
現状と課題\t指定避難所12か所のうち、使えるのは４か所にとどまっている。
取組の内容\t公民館などの避難所に公衆無線ＬＡＮを整備する。
スケジュール\tＲ５\tＲ６
設計\t→\t
整備\t\t→
"""


def test_a_table_of_labels_under_a_heading_is_a_card_that_the_heading_names(read: Read) -> None:
    """Its first row is a field like the others, not the columns' names; its schedule follows as rows."""
    chunks = read(LABELLED)
    assert [(c.heading_path[1:], c.units[0].search_text[:6]) for c in chunks if c.kind is Kind.CARD] == [
        ((), "取組1集落W"),
        (("担当課",), "企画調整課"),
        (("現状と課題",), "指定避難所1"),
        (("取組の内容",), "公民館などの"),
    ]
    rows = [c.row for c in chunks if c.row]
    assert [[(cell.column, cell.value) for cell in row.cells if cell.value] for row in rows] == [
        [("スケジュール", "設計"), ("Ｒ５", "→")],
        [("スケジュール", "整備"), ("Ｒ６", "→")],
    ]


def test_a_table_whose_first_column_names_no_fields_is_no_card(read: Read) -> None:
    """担当課 over the names of offices is a column."""
    text = "# 体制\n\n担当課\t業務\n総務課\t計画の推進を担当します。\n企画課\t計画の評価を担当します。\n税務課\t窓口を担当します。\n"
    assert not [c for c in read(text) if c.kind is Kind.CARD]


def test_what_stands_below_a_schedule_is_no_row_of_it(read: Read) -> None:
    """Indicators under names of their own are a table of the card, and the budget below them is a field."""
    text = """■個票01

施策番号\t01\t施策名\t書かない窓口の導入\t\t
担当課\t町民課\t\t\t\t
取組内容\t職員が聞き取りながら画面に入力し、町民は確認と署名だけで済むようにする。\t\t\t\t
スケジュール\t内容\tR6\tR7\tR8\tR9
\t本庁舎での運用\t○\t●\t→\t→
\t南支所での運用\t\t○\t●\t→
成果指標\t指標\t現状値(R5)\t\t目標値(R9)\t
\t窓口の平均待ち時間\t23分\t\t10分\t
\t書かずに済む手続の数\t0手続\t\t32手続\t
予算額\t27,520千円（4か年計）\t\t\t\t
"""
    chunks = read(text)
    under = {chunk.heading_path[-1]: chunk for chunk in chunks}
    assert under["予算額"].kind is Kind.CARD
    figures = [chunk.row for chunk in chunks if chunk.heading_path[-1] == "成果指標" and chunk.row]
    assert [[(cell.column, cell.value) for cell in row.cells if cell.value][-2:] for row in figures] == [
        [("現状値(R5)", "23分"), ("目標値(R9)", "10分")],
        [("現状値(R5)", "0手続"), ("目標値(R9)", "32手続")],
    ]
    assert sum(chunk.heading_path[-1] == "スケジュール" for chunk in chunks) == 2


def test_figures_with_their_units_are_no_second_header(read: Read) -> None:
    """1,860人 under R5 is a value, although the first cell of its row is blank."""
    text = "指標\t\tR5（現状）\t\tR9（目標）\n\tLINEの友だち数\t1,860人\t\t6,000人\n\t登録者数\t2,240人\t\t3,500人\n"
    rows = [chunk.row for chunk in read(f"■指標\n\n{text}") if chunk.row]
    assert len(rows) == 2
    assert {cell.column: cell.value for cell in rows[0].cells}["R9（目標）"] == "6,000人"
