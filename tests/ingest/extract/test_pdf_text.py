"""Running text of a PDF: order, paragraphs, headings, lists, footnotes, what is left out, and where pages begin."""

from __future__ import annotations

from ingest.extract.pdf import extract_pdf
from tests.ingest.extract.drawing import GOTHIC, LEFT, RIGHT, Sheet

AIM = "本町では、人口減少と高齢化が進み、行政の担い手が減るなかで、住民の多様な求めに応えるため、窓口の改革を進めることが課題となっている。"
PERIOD = "この計画は、国の方針と町の総合計画を踏まえ、令和5年度から令和9年度までの五年間に取り組む事項を定め、毎年度の評価と見直しを行う。"
TRAINING = "職員の研修は、役場の全ての部署で毎年行い、外部の専門家を招いて、表計算や集計の自動化、個人情報の守り方を学ぶ機会を設ける。"
FULL = 43  # letters of 10.5 points on a line of the body


def test_lines_of_a_paragraph_are_joined_and_an_indent_opens_the_next() -> None:
    """The page's width breaks no sentence, and two indented paragraphs stay two."""
    sheet = Sheet()
    top = sheet.flow("　" + AIM, 80)
    sheet.flow("　" + PERIOD, top)
    assert extract_pdf(sheet.data()).text == f"{AIM}\n\n{PERIOD}\n"


def test_latin_words_of_two_lines_get_a_space() -> None:
    """A line break between two Latin words is a space; between Japanese letters it is nothing."""
    sheet = Sheet()
    sheet.line(LEFT, 80, "計画の名に使うことばは英語の頭文字であり、詳しくは Information and Communication")
    sheet.line(LEFT, 98, "Technology をいう。")
    text = extract_pdf(sheet.data()).text
    assert text.endswith("詳しくは Information and Communication Technology をいう。\n")


def test_two_columns_are_read_one_after_the_other() -> None:
    """The left column comes before the right one, each between the headings that run over both."""
    sheet = Sheet()
    sheet.line(LEFT, 80, "両方の段にまたがる見出しをこの位置に置いておくものとする", 14, GOTHIC)
    sheet.flow(AIM, 120, LEFT, 285)
    sheet.flow(PERIOD, 123, 310, RIGHT)
    sheet.line(LEFT, 260, "次の見出しも両方の段にまたがる長さで置いておくものとする", 14, GOTHIC)
    sheet.flow(TRAINING, 300)
    assert extract_pdf(sheet.data()).text == (
        f"# 両方の段にまたがる見出しをこの位置に置いておくものとする\n\n{AIM}\n\n{PERIOD}\n\n"
        f"# 次の見出しも両方の段にまたがる長さで置いておくものとする\n\n{TRAINING}\n"
    )


def test_a_paragraph_goes_on_in_the_next_column() -> None:
    """A sentence that the end of the left column cuts is whole again."""
    sheet = Sheet()
    words = AIM + PERIOD
    cut = 20 * 4  # letters of a column of 20
    sheet.flow(words[:cut], 120, LEFT, LEFT + 20 * 10.5 + 1)
    sheet.flow(words[cut:], 120, 310, 310 + 20 * 10.5 + 1)
    assert extract_pdf(sheet.data()).text == f"{words}\n"


def test_labels_beside_descriptions_are_read_row_by_row() -> None:
    """Short words on the left of their explanations are no column."""
    sheet = Sheet()
    for i, (label, words) in enumerate((("目的", AIM[:22]), ("期間", PERIOD[:22]), ("対象", TRAINING[:22]))):
        sheet.line(LEFT, 80 + 30 * i, label)
        sheet.line(260, 80 + 30 * i, words)
    text = extract_pdf(sheet.data()).text
    assert text == f"目的 {AIM[:22]}\n\n期間 {PERIOD[:22]}\n\n対象 {TRAINING[:22]}\n"


def test_a_paragraph_over_a_page_break_is_joined_and_the_page_begins_inside_it() -> None:
    """The second page begins at its own first letter, in the middle of the sentence."""
    sheet = Sheet()
    sheet.flow(AIM[:FULL], 80)
    sheet.page()
    sheet.flow(AIM[FULL:], 80)
    extracted = extract_pdf(sheet.data())
    assert extracted.text == f"{AIM}\n"
    assert extracted.pages == (0, FULL)


def test_a_page_without_text_begins_where_the_next_one_does() -> None:
    """Every page has a place, empty ones too."""
    sheet = Sheet()
    sheet.flow(AIM, 80)
    sheet.page()
    sheet.rule(LEFT, 100, 200)
    sheet.page()
    sheet.flow(PERIOD, 80)
    extracted = extract_pdf(sheet.data())
    second = len(AIM) + 2
    assert extracted.text[second:] == f"{PERIOD}\n"
    assert extracted.pages == (0, second, second)


def test_headings_are_told_by_size_and_weight_but_numbered_ones_are_left_alone() -> None:
    """Larger type gives levels by size, heavier type one more; 第1章 stands as it is."""
    sheet = Sheet()
    for top, words, size, font in (
        (60, "見本町の計画", 22, GOTHIC),
        (110, "第1章 総論", 18, GOTHIC),
        (150, "背景", 14, GOTHIC),
    ):
        sheet.line(LEFT, top, words, size, font)
    sheet.flow("　" + AIM, 180)
    sheet.line(LEFT, 240, "期間の考え方", 10.5, GOTHIC)
    sheet.flow("　" + PERIOD, 262)
    assert extract_pdf(sheet.data()).text == (
        f"# 見本町の計画\n\n第1章 総論\n\n### 背景\n\n{AIM}\n\n#### 期間の考え方\n\n{PERIOD}\n"
    )


def test_list_items_stand_line_on_line_with_their_hanging_lines() -> None:
    """An item's second line under its words belongs to it; the next paragraph does not."""
    sheet = Sheet()
    sheet.flow(PERIOD, 60)
    sheet.line(LEFT, 120, "・住民の利便を高めるため、書かない窓口を設け、記入を職員が手伝い、待つ時間を")
    sheet.line(LEFT + 10.5, 138, "短くする。")
    sheet.line(LEFT, 156, "・研修を行う。")
    sheet.flow("　" + AIM, 190)
    assert extract_pdf(sheet.data()).text == (
        f"{PERIOD}\n\n・住民の利便を高めるため、書かない窓口を設け、記入を職員が手伝い、待つ時間を短くする。\n"
        f"・研修を行う。\n\n{AIM}\n"
    )


def test_running_heads_and_page_numbers_are_left_out() -> None:
    """What comes again at the same height, and bare numbers in the margin, are not the plan's text."""
    sheet = Sheet()
    for number, words in enumerate((AIM, PERIOD, TRAINING), 1):
        sheet.line(LEFT, 30, "見本町デジタル計画", 8)
        sheet.flow(words, 80)
        sheet.line(290, 805, f"- {number} -", 9)
        sheet.page()
    assert extract_pdf(sheet.data()).text == f"{AIM}\n\n{PERIOD}\n\n{TRAINING}\n"


def test_footnotes_go_to_the_end_and_the_paragraph_they_cut_is_whole() -> None:
    """Definitions at the foot of a page stand under 脚注, their raised marks as [※1], and pages stay exact."""
    sheet = Sheet()
    x = sheet.line(LEFT, 80, "窓口では人工知能")
    x = sheet.raised(x, 80, "※1")
    first = "を使い、住民の問いに答える仕組みを整えるとともに、職員の仕事を助け"
    sheet.line(x, 80, first)
    sheet.rule(LEFT, 740, 200)
    sheet.line(LEFT, 746, "※1 人工知能：人の知的な働きを計算機で行う技術をいい、言葉を扱うものと絵を扱うものと音を", 8)
    sheet.line(LEFT, 758, "扱うものがある。", 8)
    sheet.page()
    x = sheet.line(LEFT, 80, "ることとする。面積は10km")
    sheet.raised(x, 80, "2")
    extracted = extract_pdf(sheet.data())
    body = f"窓口では人工知能[※1]{first}"
    assert extracted.text == (
        f"{body}ることとする。面積は10km2\n\n# 脚注\n\n"
        "※1 人工知能：人の知的な働きを計算機で行う技術をいい、言葉を扱うものと絵を扱うものと音を扱うものがある。\n"
    )
    assert extracted.pages == (0, len(body))


def test_footnotes_that_count_anew_on_each_page_are_numbered_through() -> None:
    """Two notes printed as 1 become ※1 and ※2, at their definitions and at their references."""
    sheet = Sheet()
    for word, meaning in (("人工知能", "考える計算機。"), ("自動化", "人手を省くこと。")):
        sheet.flow(AIM, 80)
        x = sheet.line(LEFT, 140, f"これは{word}")
        x = sheet.raised(x, 140, "1")
        sheet.line(x, 140, "である。")
        sheet.line(LEFT, 760, f"1) {word}：{meaning}", 8)
        sheet.page()
    text = extract_pdf(sheet.data()).text
    assert "これは人工知能[※1]である。" in text
    assert "これは自動化[※2]である。" in text
    assert text.endswith("\n# 脚注\n\n※1 人工知能：考える計算機。\n※2 自動化：人手を省くこと。\n")


def test_letters_drawn_twice_for_boldness_count_once() -> None:
    """A word processor's false bold does not double the words."""
    sheet = Sheet()
    sheet.flow(AIM, 80)
    sheet.flow(AIM, 80.2, LEFT + 0.3)
    assert extract_pdf(sheet.data()).text == f"{AIM}\n"
