"""Plans that were slides: a foot with its number on every page, chapters as Ⅰ｜, cards under a title, tables without names."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.document import Chunk, Kind
from ingest.lines import LineKind
from ingest.read_lines import read_lines

Read = Callable[[str], tuple[Chunk, ...]]

FOOT = "見本村スマート計画（改定版）　p.{page}"
SLIDES = f"""見本村スマート計画
（改定版）

もくじ
Ⅰ｜計画のあらまし ‥‥‥‥‥ p.2
Ⅱ｜村のいま ‥‥‥‥‥‥‥ p.3
資料｜用語解説 ‥‥‥‥‥‥ p.4

{FOOT.format(page=1)}

Ⅰ｜計画のあらまし
◇ いつまでの計画か

・令和６年度から令和10年度までとします。

{FOOT.format(page=2)}

Ⅰ｜計画のあらまし
◇ 三つの方針

とどける\t役場に来なくても、サービスが家まで届く
つなげる\t人と集落をつなぎ、移動や医療を支える

{FOOT.format(page=3)}

Ⅱ｜村のいま
◇ 数字で見る

・公衆Wi-Fiは、役場本庁など5か所で使えます。

{FOOT.format(page="3－2")}

資料｜用語解説

コード決済\tスマートフォンの画面に出るバーコードで支払う方法。
スマートロック\t暗証番号やスマートフォンで開け閉めできる錠。

{FOOT.format(page=4)}
"""


def test_the_foot_of_a_page_is_no_text_although_its_number_rises(read: Read) -> None:
    """The plan's title with a page's number below every slide is in no chunk."""
    assert not any("p." in unit.search_text for chunk in read(SLIDES) for unit in chunk.units)


def test_chapters_are_told_by_a_bar_and_repeated_on_their_slides(read: Read) -> None:
    """Ⅰ｜ opens a chapter; come again at the head of the next slide it does not open another one."""
    chunks = read(SLIDES)
    outline = next(chunk for chunk in chunks if chunk.kind is Kind.OUTLINE and not chunk.heading_path)
    assert [unit.search_text[-4:] for unit in outline.units] == ["あらまし", "村のいま", "用語解説"]
    assert next(chunk for chunk in chunks if chunk.kind is Kind.LIST).heading_path == (
        "Ⅰ｜計画のあらまし",
        "いつまでの計画か",
    )


def test_names_with_their_meanings_are_items_where_no_column_is_named(read: Read) -> None:
    """The first row of a table without column names is a row like the others, and each row is one item."""
    listed = next(chunk for chunk in read(SLIDES) if chunk.heading_path[-1:] == ("三つの方針",))
    assert (listed.kind, [unit.search_text[:4] for unit in listed.units]) == (Kind.LIST, ["とどける", "つなげる"])


def test_terms_stand_under_a_title_behind_a_bar(read: Read) -> None:
    """A table under 資料｜用語解説 is a glossary."""
    assert [chunk.term for chunk in read(SLIDES) if chunk.kind is Kind.ENTRY] == ["コード決済", "スマートロック"]


@pytest.mark.parametrize("mark", ["ＰＲＯＪＥＣＴ １　", "Project 1 ", "STEP1：", "Ｓｔｅｐ 1．"])
def test_parts_are_numbered_in_latin_letters_too(mark: str) -> None:
    """PROJECT 1 and STEP 1 open parts, in half or full width."""
    lines = read_lines(f"{mark}書かない窓口\n\n窓口を改めます。")
    assert lines[0].kind is LineKind.HEADING


def test_a_version_is_no_numbered_part() -> None:
    """Vision 2.0 is a name."""
    assert read_lines("Vision 2.0の実現を目指した取組\n\n窓口を改めます。")[0].kind is LineKind.TEXT


CARD = """◇ 暮らしはいつ変わるか

{title}

現　状\t・書く申請書は平均7枚 ・手続は平均38分
課　題\t・同じ住所を何度も書く ・3月下旬に混み合う
取組内容\t✓ AIが順路を組む配車を入れる ✓ 平日毎日に広げる
担　当\t住民生活課
スケジュール\tR6 洗い出し ／ R7 運用開始
指　標\t手続の時間　38分 → 15分（R10）
"""


def test_a_list_of_measures_is_no_cards_title(read: Read) -> None:
    """取組内容 with a list is a field, and the card is called as the heading above says."""
    cards = [chunk for chunk in read(CARD.format(title="PROJECT 1　書かない窓口")) if chunk.kind is Kind.CARD]
    assert {chunk.heading_path[:2] for chunk in cards} == {("暮らしはいつ変わるか", "PROJECT 1 書かない窓口")}
    assert "取組内容" in {chunk.heading_path[-1] for chunk in cards}


def test_cards_that_stand_under_one_title_are_all_kept(read: Read) -> None:
    """The title of two cards is one chunk, for it stands in one place; no chunk has the id of another."""
    two = (
        CARD.format(title="")
        + "\n本文です。\n\n"
        + CARD.format(title="").partition("\n\n")[2].replace("住民生活課", "総務課")
    )
    chunks = read(two)
    assert len({chunk.chunk_id for chunk in chunks}) == len(chunks)
    assert {unit.search_text for chunk in chunks if chunk.heading_path[-1:] == ("担当",) for unit in chunk.units} == {
        "住民生活課",
        "総務課",
    }


def test_rows_that_count_from_the_top_have_no_header(read: Read) -> None:
    """The first of 2024年, 2025年, 2026年 is no column's name."""
    rows = "2024（R6）\t防災アプリ\t手続ナビ\n2025（R7）\t乗合車\t書かない窓口\n2026（R8）\t乗合車の拡大\t決済の拡大\n"
    assert any("防災アプリ" in unit.search_text for chunk in read(f"■予定\n\n{rows}") for unit in chunk.units)


def test_numbered_parts_of_one_name_are_no_feet() -> None:
    """窓口の改善に関する施策 1, 2 and 3 are parts although only their numbers differ."""
    text = "\n\n".join(f"窓口の改善に関する施策　{n}\n\n本文{n}です。" for n in (1, 2, 3))
    assert all(line.kind is not LineKind.FURNITURE for line in read_lines(text))


def test_terms_may_be_parted_from_their_definitions_by_a_stroke(read: Read) -> None:
    """用語　／　説明, where the page's width may have broken the definition."""
    text = "資料　ことばの説明\n\nスマートロック　／　暗証番号やスマートフォンで開け閉めできる電子式のかぎで、窓口に来ずに済むも\nの。"
    entries = [chunk for chunk in read(text) if chunk.kind is Kind.ENTRY]
    assert [(chunk.term, chunk.units[0].search_text[:4], chunk.units[-1].search_text[-2:]) for chunk in entries] == [
        ("スマートロック", "暗証番号", "の。")
    ]
