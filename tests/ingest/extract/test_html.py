"""A web page becomes the text that its reader sees, in the parser's conventions, and hostile pages do no harm."""

from __future__ import annotations

import time

import pytest

from ingest.extract.extracted import ExtractionError
from ingest.extract.html import extract_html


def text_of(html: str, encoding: str = "utf-8") -> str:
    """Return the text of a page."""
    return extract_html(html.encode(encoding)).text


def test_headings_and_paragraphs() -> None:
    """A heading carries its level; a paragraph is one line, though the file wraps it."""
    page = """<!DOCTYPE html><html><head><title>表示されない</title></head><body>
    <h1>見本町<br>DX推進計画</h1><h3>1 計画の<b>目的</b></h3>
    <p>　この計画は、町民の
       利便性を高める ICT
       plan です。</p>前後の文<div>別の段落&amp;記号</div></body></html>"""
    assert text_of(page) == (
        "# 見本町 DX推進計画\n\n### 1 計画の目的\n\nこの計画は、町民の利便性を高める ICT plan です。\n\n前後の文\n\n別の段落&記号\n"
    )


def test_what_it_is_made_by_and_that_it_has_no_pages() -> None:
    """The extractor names itself with its version; a page of the web has no pages."""
    extracted = extract_html(b"<p>a")
    assert extracted.extractor.startswith("html/1 lxml ")
    assert extracted.pages == ()


def test_line_breaks_stay_lines_and_two_of_them_part_paragraphs() -> None:
    """A line that the writer broke stays a line of its own."""
    assert text_of("<p>一行目<br>二行目<br><br>別の段落</p>") == "一行目\n二行目\n\n別の段落\n"


def test_lists_keep_their_numbers() -> None:
    """Bullets are ・, numbers are those that the reader sees, a list in a list follows its item."""
    page = """<ol start="3"><li>三つ目<li value="7"><p>七つ目</p><ul><li>内<li>● 自前の印</ul><li>八つ目</ol>
    <ol type="i"><li>壱</ol><ol style="list-style-type: katakana"><li>甲</ol><ul style="list-style: none"><li>(1) 印なし</ul>"""
    assert text_of(page) == "3. 三つ目\n7. 七つ目\n・内\n● 自前の印\n8. 八つ目\ni. 壱\nア. 甲\n(1) 印なし\n"


def test_a_table_with_a_two_row_header() -> None:
    """Merged cells of header and body come as the convention asks; the caption stands above."""
    page = """<table><caption>表1 <br>業務量</caption>
    <thead><tr><th rowspan="2">課<th colspan="2">件数</tr><tr><th>窓口<th>電話</tr></thead>
    <tbody><tr><td rowspan="2">総務課<td>1<td>2</tr><tr><td colspan="2">なし<br>（休止）</tr></tbody></table><p>後の文</p>"""
    assert text_of(page) == (
        "表1 業務量\n\n課\t件数\t\n〃\t窓口\t電話\n総務課\t1\t2\n〃\tなし （休止）\tなし （休止）\n\n後の文\n"
    )


def test_rowspan_zero_reaches_the_end() -> None:
    """A span of 0 rows means: to the end of the table."""
    page = "<table><tr><th>課<th>件<tr><td rowspan=0>総務<td>1<tr><td>2<tr><td>3</table>"
    assert text_of(page) == "課\t件\n総務\t1\n〃\t2\n〃\t3\n"


def test_a_table_in_a_table_is_words_of_its_cell() -> None:
    """Inside a table with names, another one is flattened into its cell; lists too."""
    page = """<table><tr><th>項目<th>内容<tr><td>体制<td>次のとおり
    <table><tr><td>長<td>町長</table><ul><li>副町長</ul></table>"""
    assert text_of(page) == "項目\t内容\n体制\t次のとおり 長 町長 ・副町長\n"


def test_a_layout_table_is_read_as_text() -> None:
    """A table that only arranges the page, with headings or tables in its cells, gives its contents one by one."""
    page = "<table><tr><td><h2>左</h2><p>左の文</p><td><table><tr><th>課<th>件<tr><td>総務<td>1</table></table>"
    assert text_of(page) == "## 左\n\n左の文\n\n課\t件\n総務\t1\n"


def test_notes_that_are_linked() -> None:
    """A mark is written right behind its word, and its note moves to the end, without marks and ways back."""
    page = """<p>データ<sup><a href="#fn1" id="r1">1</a></sup>の活用とAI<a href="#fn2">※2</a>、データ<a href="#fn1"><sup>1</sup></a>。</p>
    <h2>脚注</h2><ol><li id="fn1">データ：情報の集まり。<a href="#r1">↩</a></li>
    <li id="fn2"><a href="#x">※2</a> 人工知能</li></ol><p>奥付</p>"""
    assert text_of(page) == (
        "データ[※1]の活用とAI[※2]、データ[※1]。\n\n奥付\n\n# 脚注\n\n※1 データ：情報の集まり。\n※2 人工知能\n"
    )


def test_marks_that_come_twice_are_numbered_anew() -> None:
    """Where each part of a page counts its notes from 1, they are numbered in order."""
    page = (
        """<p>甲<a href="#a">※1</a></p><p id="a">※1 甲の説明</p><p>乙<a href="#b">※1</a></p><p id="b">※1 乙の説明</p>"""
    )
    assert text_of(page) == "甲[※1]\n\n乙[※2]\n\n# 脚注\n\n※1 甲の説明\n※2 乙の説明\n"


def test_raised_marks_without_a_link() -> None:
    """A raised mark after Japanese is a note's; units, and links to sections, are not."""
    page = """<p>データ<sup>※3</sup>と連携<sup>4</sup>、10m<sup>2</sup>、<a href="#s">3</a>ページ</p><p><sup>※3</sup>データ：情報</p>
    <h2 id="s">3 体制</h2>"""
    assert text_of(page) == "データ[※3]と連携[※4]、10m2、3ページ\n\n※3 データ：情報\n\n## 3 体制\n"


def test_a_note_that_begins_with_a_figure_keeps_it() -> None:
    """Only the note's own mark is taken off its definition."""
    page = """<p>年<sup><a href="#n">1</a></sup></p><ol><li id="n">1人当たり、2023年の値</ol>"""
    assert text_of(page) == "年[※1]\n\n# 脚注\n\n※1 1人当たり、2023年の値\n"


def test_a_figure_is_its_caption_else_its_alternative_text() -> None:
    """A picture is a line with what is written about it."""
    page = """<figure><img src="a.png" alt="代替"><figcaption>図1 体制</figcaption></figure><p>出典：総務省</p>
    <figure><img src="b.png" alt="推移のグラフ"></figure><p><img alt="町章" src="c.png"></p><img alt="" src="d.png">"""
    assert text_of(page) == "図1 体制\n\n出典：総務省\n\n推移のグラフ\n\n町章\n"


def test_readings_are_left_out() -> None:
    """Of ruby, the base text alone stays."""
    assert text_of("<p><ruby>官民<rp>（</rp><rt>かんみん</rt><rp>）</rp></ruby>連携</p>") == "官民連携\n"


HIDDEN = (
    "<script>alert(1)</script>",
    "<style>p { color: red }</style>",
    "<!-- 注 -->",
    "<p hidden>隠</p>",
    '<div aria-hidden="true">隠<p>隠</p></div>',
    '<span style="color:red;DISPLAY : none">隠<b>隠</b></span>',
    "<template><p>隠</p></template>",
    "<select><option>隠</select>",
    "<textarea>隠</textarea>",
    '<button>隠</button><input value="隠">',
    "<svg><text>隠</text></svg>",
    "<nav><a href='/'>隠</a></nav>",
    "<dialog>隠</dialog>",
    "<del>隠</del>",
    "<noscript>隠</noscript>",
    "<?php 隠 ?>",
)


@pytest.mark.parametrize("hidden", HIDDEN)
def test_what_nobody_sees_is_left_out(hidden: str) -> None:
    """Scripts, comments, controls, hidden elements and site menus leave no trace, and the text around them stays."""
    assert text_of(f"<p>前</p>{hidden}<p>後</p>") == "前\n\n後\n"


def test_a_contents_page_stays() -> None:
    """Navigation that is a contents page belongs to the text."""
    assert text_of("<nav><h2>目次</h2><ol><li>総論</ol></nav>") == "## 目次\n\n1. 総論\n"


def test_characters_that_nobody_sees_are_left_out() -> None:
    """Direction controls, zero-width spaces, control characters and lone surrogates are removed."""
    page = "<p>見\u202e本\u200b町\ufeff&#x202e;&#8203;&#1;&#xD800;計&#12;画</p>"
    assert text_of(page).replace("\ufffd", "").replace(" ", "") == "見本町計画\n"


def test_terms_and_definitions_stand_line_on_line() -> None:
    """A list of terms keeps each term right above its definition."""
    assert text_of("<dl><dt>DX<dd>変革すること<dt>AI<dd>人工知能</dl>") == "DX\n変革すること\nAI\n人工知能\n"


@pytest.mark.parametrize("encoding", ["utf-8", "cp932", "euc_jp", "iso2022_jp", "utf-16"])
def test_every_encoding_is_read_declared_or_not(encoding: str) -> None:
    """A page in any Japanese encoding is read, whether it says so or not, or says something else."""
    for head in ("", f'<meta charset="{encoding}">', '<meta charset="iso-8859-1">'):
        assert text_of(f"{head}<p>計画の期間</p>", encoding) == "計画の期間\n"


def test_broken_markup_loses_no_words() -> None:
    """Unclosed and wrongly nested elements, stray cells and stray ends keep every word."""
    page = "</div><p>一<b>二<p>三</b>四<td>五</tr><li>六</ul><table>七<tr>八<td>九<h2>十"
    words = text_of(page)
    assert [c for c in words if c in "一二三四五六七八九十"] == list("一二三四五六七八九十")


def test_an_empty_page_is_refused() -> None:
    """A page without a word is refused with what to check."""
    for page in (b"", b"   ", b"<html></html>", b"<script>x</script>", b"<p>\xe2\x80\x8b</p>"):
        with pytest.raises(ExtractionError, match="文字が見つかりません"):
            extract_html(page)


def test_entities_and_doctypes_fetch_and_expand_nothing() -> None:
    """A declared entity is not expanded, and no file is read."""
    page = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y "爆爆">]><p>前&x;&y;後</p>'
    words = text_of(page)
    assert "root:" not in words
    assert "前&x;&y;後" in words


@pytest.mark.parametrize("tag", ["div", "font", "table><tr><td", "ul><li", "blockquote"])
def test_a_page_nested_too_deep_is_refused(tag: str) -> None:
    """Elements 100,000 deep are refused in a sentence."""
    with pytest.raises(ExtractionError, match="深く入れ子"):
        extract_html((f"<{tag}>" * 100_000 + "深").encode())


def test_deep_nesting_within_the_limit_keeps_the_words() -> None:
    """A thousand levels, tables inside tables among them, are read."""
    assert text_of("<div>" * 1_000 + "深い" + "</div>" * 1_000 + "<p>後") == "深い\n\n後\n"
    assert text_of("<table><tr><td>" * 300 + "深い") == "深い\n"


HOSTILE = {
    "stray ends": "<div>" * 2_000 + "</span>" * 30_000 + "終",
    "attributes": "<p " + " ".join(f"a{i}=1" for i in range(60_000)) + ">終",
    "columns": "<table><tr>" + "<td>あ" * 100_000 + "<tr><td>終</table>",
    "spans": "<table>" + "<tr><td colspan=1000 rowspan=65534>あ" * 10_000 + "<tr><td>終</table>",
    "staircase": "<table>" + "".join(f"<tr><td colspan={i}>あ<td>い" for i in range(1, 1_000)) * 5 + "<tr><td>終",
    "references": "<p>あ<a href=#f>1</a></p>" * 15_000 + "<p id=f>1 終",
    "spaces": "<p>" + " " * 2_000_000 + "終",
    "breaks": "<p>" + "<br>" * 60_000 + "終",
    "comments": "<!--" * 200_000 + "--><p>終",
    "brackets": "<" * 200_000 + "終",
    "ids": "<div id=a>" * 2_000 + "<p id=b><a href=#a>1</a>あ" * 15_000 + "終",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_cost_little(name: str) -> None:
    """Mark-up that is made to blow up is read in seconds, its last word with it, and grows little."""
    started = time.perf_counter()
    words = text_of(HOSTILE[name])
    assert time.perf_counter() - started < 10
    assert "終" in words
    assert len(words) < 4 * len(HOSTILE[name]) + 100_000
