"""What the layout of a printed plan did to its text is undone: broken lines, running heads, notes in mid-sentence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.document import Chunk, Kind
from ingest.lines import LineKind
from ingest.read_lines import read_lines

Read = Callable[[str], tuple[Chunk, ...]]

# Every line of running text is 20 letters wide, and paragraphs are parted by their first letter's place alone.
PRINTED = """　見本町では、これまで窓口の改善と事務の見
直しに取り組み、待ち時間の短縮などの成果を
上げてきました。
　しかし、人口の減少は想定を上回る速さで進
み、職員の採用も年々難しくなっています。限
られた職員で町民サービスを保つため、手続の
方法を根本から改めることが欠かせません。こ
のため、本計画を定め、町民と職員の双方にと
って使いやすい手続への転換を、計画の期間を
通じて着実に進めます。
１　計画の期間
　計画の期間は、令和７年度から令和11年度ま
での５年間とし、社会の情勢に応じて見直しま
す。
(ｱ) 窓口を変える　　来庁する回数と時間を減
らし、来庁した人には丁寧に応じます。
(ｲ) 仕事を変える　　すべての業務を見える化
し、やめる、まとめる、任せるの順に見直しま
す。
"""


def units(chunks: tuple[Chunk, ...], kind: Kind) -> list[str]:
    """The search texts of the units of one kind of chunks."""
    return [unit.search_text for chunk in chunks if chunk.kind is kind for unit in chunk.units]


def test_lines_that_the_page_broke_are_whole_sentences(read: Read) -> None:
    """A sentence goes on over its lines, whatever their width; a paragraph ends where an indented line begins."""
    paragraphs = [chunk for chunk in read(PRINTED) if chunk.kind is Kind.PARAGRAPH]
    assert [len(chunk.units) for chunk in paragraphs] == [1, 3, 1]
    assert (
        units(read(PRINTED), Kind.PARAGRAPH)[1]
        == "しかし、人口の減少は想定を上回る速さで進み、職員の採用も年々難しくなっています。"
    )


def test_a_heading_may_touch_the_text_above_and_below(read: Read) -> None:
    """A numbered line after a finished sentence opens a section; one that goes on in the next line is an item."""
    chunks = read(PRINTED)
    assert {chunk.heading_path for chunk in chunks if chunk.heading_path} == {("１ 計画の期間",)}
    assert [item[:8] for item in units(chunks, Kind.LIST)] == ["(ア)窓口を変え", "(イ)仕事を変え"]


HEADS = """第1章 総論

窓口の手続を改めます。

－ 1 －

第１次見本町行政改革大綱　第１章　総論

職員の研修を続け、町民から寄せられた意見を毎年度の計画の見直しに反映させることで、より使いやすい手続の実現に努め

－ 2 －

第１次見本町行政改革大綱　第１章　総論

ます。

－ ll －

第１次見本町行政改苹大綱　第１章　総論

第2章 各論

意見を聴きます。
"""


def test_running_heads_are_no_text(read: Read) -> None:
    """A head that comes again beside page numbers is set aside, misread ones and those of other chapters too."""
    assert not any("大綱" in chunk.search_text for chunk in read(HEADS))
    assert [chunk.heading_path for chunk in read(HEADS) if chunk.kind is Kind.PARAGRAPH] == [
        ("第1章 総論",),
        ("第1章 総論",),
        ("第2章 各論",),
    ]


def test_a_sentence_goes_on_behind_a_running_head(read: Read) -> None:
    """One unit of two spans."""
    [unit] = [unit for chunk in read(HEADS) for unit in chunk.units if unit.rest]
    assert unit.search_text.endswith("より使いやすい手続の実現に努めます。")


def test_a_line_said_twice_in_the_body_stays(read: Read) -> None:
    """Only what stands beside page numbers is a running head."""
    text = "# 取組\n\n毎年度の実施\n\n研修を行います。\n\n毎年度の実施\n\n訓練を行います。\n"
    assert [chunk.search_text for chunk in read(text)].count("毎年度の実施") == 2


CUT = """本町では、デジタル技術注1)を使って仕事の進め方そのものを変える改革が欠かせません。窓口と内部の事務に残る紙の
注1)　デジタル技術　　情報を数値に置き換えて処理し、伝え、蓄える技術の総称。本計画ではＡＩやクラウドを含み、その
　　　利用の方法も含むものとする。
－ 1 －
やり取りは、町民にも職員にも大きな負担となっています。
"""


def test_a_note_in_mid_sentence_is_lifted_whole(read: Read) -> None:
    """Its last lines go with it, its mark disappears from the sentence, and the sentence is whole."""
    chunks = read(CUT)
    [entry] = [chunk for chunk in chunks if chunk.kind is Kind.ENTRY]
    assert entry.term == "デジタル技術"
    assert entry.units[-1].search_text.endswith("利用の方法も含むものとする。")
    assert units(chunks, Kind.PARAGRAPH) == [
        "本町では、デジタル技術を使って仕事の進め方そのものを変える改革が欠かせません。",
        "窓口と内部の事務に残る紙のやり取りは、町民にも職員にも大きな負担となっています。",
    ]


@pytest.mark.parametrize(
    "entry",
    [
        "ＡＩ　　人工知能。人の知的な働きを計算機で実現する技術。",
        "**ＡＩ**：人工知能。人の知的な働きを計算機で実現する技術。",
        "・ＡＩ：人工知能。人の知的な働きを計算機で実現する技術。",
        "**ＡＩ**\n人工知能。人の知的な働きを計算機で実現する技術。",
    ],
)
def test_a_glossary_needs_no_marks(read: Read, entry: str) -> None:
    """A term is known by what parts it from its definition."""
    [chunk] = [chunk for chunk in read(f"# 用語の説明\n\n{entry}\n") if chunk.kind is Kind.ENTRY]
    assert chunk.term == "ＡＩ"
    assert chunk.units[0].search_text == "人工知能。"


def test_notes_with_other_signs_are_other_notes(read: Read) -> None:
    """＊1 under a table is not the definition of what 注1 marks."""
    text = "# 取組\n\n個別計画<sup>注1</sup>を定めます。\n\n＊1 図書館の費用は、土地の購入に要する分を含まない。\n"
    assert not [chunk for chunk in read(text) if chunk.kind is Kind.ENTRY]


CONTENTS = """# 目次

| 章 | 頁 |
|---|---|
| 第Ⅰ章 計画の概要 | 1 |
| 計画の体系 | 2 |
| 第Ⅱ章 推進体制 | 3 |
| 策定の経過 | 4 |

## 第Ⅰ章 計画の概要

概要です。

計画の体系

体系です。

## 第Ⅱ章 推進体制

体制です。

策定の経過

経過です。
"""


def test_a_line_that_the_contents_page_lists_is_a_heading(read: Read) -> None:
    """Unmarked as it is in the body; behind the last chapter it is a chapter of its own."""
    paths = [chunk.heading_path for chunk in read(CONTENTS) if chunk.kind is Kind.PARAGRAPH]
    assert paths == [
        ("第Ⅰ章 計画の概要",),
        ("第Ⅰ章 計画の概要", "計画の体系"),
        ("第Ⅱ章 推進体制",),
        ("策定の経過",),
    ]


FIGURE = """図表２-１ 年齢別人口の推移

![img-1.jpeg](img-1.jpeg)

（人）
15,000　　　　10,000
H17　　H22　　H27

資料：住民基本台帳（各年４月１日現在）
注：年齢が分からない人を除く。
"""


def test_a_figure_is_its_caption_its_source_and_its_remarks(read: Read) -> None:
    """The words inside it can neither be found nor quoted."""
    [chunk] = read(f"# 人口\n\n{FIGURE}\n\n人口は減っています。\n")[:1]
    assert chunk.kind is Kind.FIGURE
    assert [unit.search_text for unit in chunk.units] == [
        "図表2-1年齢別人口の推移",
        "資料:住民基本台帳(各年4月1日現在)",
        "注:年齢が分からない人を除く。",
    ]


ALIGNED = """（凡例　○：準備　●：実施）
主な取組　　　　　　　R7　　R8　　所管
予約の導入　　　　　　○　　●　　地域みらい課
端末の更新　　　　　　－　　○　　危機管理課
"""


def test_a_table_may_be_set_with_blanks(read: Read) -> None:
    """Lines of equally many cells under column names are rows; cells are exact spans."""
    rows = [chunk.row for chunk in read(f"# 工程\n\n{ALIGNED}") if chunk.row]
    assert [[(cell.column, cell.value) for cell in row.cells] for row in rows] == [
        [("主な取組", "予約の導入"), ("R7", "○"), ("R8", "●"), ("所管", "地域みらい課")],
        [("主な取組", "端末の更新"), ("R7", "－"), ("R8", "○"), ("所管", "危機管理課")],
    ]


def test_numbers_along_an_axis_are_no_table() -> None:
    """The first line of a table names its columns."""
    text = "12,944　　11,959　　11,101\n39.6　　40.6　　43.4\nH17　　H22　　H27\n"
    assert not any(line.kind is LineKind.ROW for line in read_lines(text))


def test_an_item_holds_the_items_under_it(read: Read) -> None:
    """A list has as many items as a reader counts; what stands further in belongs to the item above."""
    text = "# 対象\n\n対象は次のとおりです。\n\n1. 建物\n   - 庁舎\n   - 学校\n2. 道路\n3. 土地\n"
    assert units(read(text), Kind.LIST) == ["1.建物-庁舎-学校", "2.道路", "3.土地"]


def test_marked_paragraphs_are_a_list_where_blank_lines_part_paragraphs(read: Read) -> None:
    """① with its words in the line below, the next right after it."""
    text = (
        "# 視点\n\n三つの視点です。\n\n① こどもの視点\n意見を聴きます。\n② 地域の視点\n地域で支えます。\n\n以上です。\n"
    )
    assert units(read(text), Kind.LIST) == ["1こどもの視点意見を聴きます。", "2地域の視点地域で支えます。"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("基本目標１ 人の流れをつくる", "基本目標２ しごとをつくる"),
        ("施策１-１ 妊娠期の支援", "施策１-２ 乳幼児の支援"),
        ("基本方針(ｱ)　窓口を変える", "基本方針(ｲ)　仕事を変える"),
        ("重点プロジェクトⅠ 移住", "重点プロジェクトⅡ 観光"),
        ("序章　はじめに", "終章　おわりに"),
        ("第Ⅰ章 概要", "第Ⅱ章 方針"),
    ],
)
def test_numbered_parts_are_siblings(read: Read, first: str, second: str) -> None:
    """Whatever a plan calls its parts, and however it numbers them."""
    paths = [chunk.heading_path for chunk in read(f"{first}\n\n町は取り組みます。\n\n{second}\n\n町は続けます。\n")]
    assert [len(path) for path in paths if path] == [1, 1]
