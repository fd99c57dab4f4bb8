"""A Word file becomes the text that its reader sees, in the parser's conventions."""

from __future__ import annotations

import io

import pytest

from ingest.extract.docx import extract_docx
from tests.ingest.extract.word_xml import (
    RELATIONS,
    SPACES,
    STRICT,
    docx,
    note,
    p,
    packed,
    r,
    relationships,
    tc,
    text_of,
    tr,
)


def test_a_file_that_python_docx_wrote() -> None:
    """Title, headings, lists and a merged table of a file that another program made come out in the conventions."""
    from docx import Document

    document = Document()
    document.add_heading("見本町DX推進計画", 0)
    document.add_heading("第1章 総論", 1)
    document.add_paragraph("計画の期間は5年間です。\n見直しを行います。")
    document.add_heading("1-1 背景", 2)
    document.add_paragraph("窓口", style="List Bullet")
    document.add_paragraph("電話", style="List Bullet")
    document.add_paragraph("手順", style="List Number")
    table = document.add_table(rows=3, cols=3)
    for cell, words in zip(
        [c for row in table.rows for c in row.cells], ["課", "件数", "", "", "a", "b", "総", "1", "2"], strict=True
    ):
        cell.text = words
    table.cell(0, 1).merge(table.cell(0, 2)).text = "件数"
    table.cell(0, 0).merge(table.cell(1, 0)).text = "課"
    out = io.BytesIO()
    document.save(out)
    extracted = extract_docx(out.getvalue())
    assert extracted.text == (
        "# 見本町DX推進計画\n\n# 第1章 総論\n\n計画の期間は5年間です。\n見直しを行います。\n\n## 1-1 背景\n\n"
        "・窓口\n・電話\n1. 手順\n\n課\t件数\t\n〃\ta\tb\n総\t1\t2\n"
    )
    assert extracted.pages == ()
    assert extracted.extractor.startswith("docx/1 lxml ")


def test_headings_by_outline_level_and_by_name() -> None:
    """A heading is known by its own outline level, its style's, the one that this is based on, or a Japanese name."""
    styles = """
    <w:style w:type="paragraph" w:styleId="a1"><w:name w:val="見出し 2"/></w:style>
    <w:style w:type="paragraph" w:styleId="a2"><w:name w:val="節"/><w:basedOn w:val="a1"/></w:style>
    <w:style w:type="paragraph" w:styleId="a3"><w:name w:val="大"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
    <w:style w:type="paragraph" w:styleId="t"><w:name w:val="Title"/></w:style>
    <w:style w:type="paragraph" w:styleId="d"><w:name w:val="Date"/><w:basedOn w:val="t"/></w:style>
    <w:style w:type="paragraph" w:styleId="x"><w:name w:val="輪"/><w:basedOn w:val="x"/></w:style>"""
    body = "".join(
        p(words, properties=properties)
        for words, properties in (
            ("表題", '<w:pStyle w:val="t"/>'),
            ("令和7年", '<w:pStyle w:val="d"/>'),
            ("大見出し", '<w:pStyle w:val="a3"/>'),
            ("中見出し", '<w:pStyle w:val="a1"/>'),
            ("継いだ見出し", '<w:pStyle w:val="a2"/>'),
            ("直に付けた", '<w:outlineLvl w:val="2"/>'),
            ("本文に戻した", '<w:pStyle w:val="a1"/><w:outlineLvl w:val="9"/>'),
            ("輪になった様式", '<w:pStyle w:val="x"/>'),
        )
    )
    assert text_of(body, styles=styles) == (
        "# 表題\n\n令和7年\n\n# 大見出し\n\n## 中見出し\n\n## 継いだ見出し\n\n### 直に付けた\n\n本文に戻した\n\n輪になった様式\n"
    )


def level(at: int, form: str, words: str, more: str = "") -> str:
    """Return a level of a list."""
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{words}"/>{more}</w:lvl>'
    )


NUMBERING = (
    '<w:abstractNum w:abstractNumId="0">'
    + level(0, "decimal", "第%1章", '<w:suff w:val="space"/>')
    + level(1, "decimal", "%1-%2")
    + level(2, "decimalEnclosedCircle", "%3", '<w:suff w:val="nothing"/>')
    + level(3, "bullet", "\uf0b7")
    + '</w:abstractNum><w:abstractNum w:abstractNumId="1">'
    + level(0, "aiueoFullWidth", "(%1)")
    + '</w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="6"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="7"><w:abstractNumId w:val="1"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="3"/></w:lvlOverride></w:num>'
)


def numbered(words: str, at: int, list_id: int, more: str = "") -> str:
    """Return a paragraph of a list."""
    return p(words, properties=f'{more}<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{list_id}"/></w:numPr>')


def test_numbers_are_those_that_the_reader_sees() -> None:
    """Levels count on, begin again below a new upper number, and start where a list says so."""
    body = (
        numbered("総論", 0, 5, '<w:outlineLvl w:val="0"/>')
        + numbered("背景", 1, 5)
        + numbered("目的", 1, 5)
        + numbered("一つ", 2, 5)
        + numbered("二つ", 2, 5)
        + numbered("点", 3, 5)
        + numbered("各論", 0, 5, '<w:outlineLvl w:val="0"/>')
        + numbered("施策", 1, 5)
        + numbered("甲", 0, 6)
        + numbered("乙", 0, 6)
        + numbered("丙", 0, 7)
        + numbered("番号なし", 0, 0)
        + numbered("知らない一覧", 0, 99)
    )
    assert text_of(body, numbering=NUMBERING) == (
        "# 第1章 総論\n\n1-1 背景\n1-2 目的\n①一つ\n②二つ\n・点\n\n# 第2章 各論\n\n2-1 施策\n(ア) 甲\n(イ) 乙\n(ウ) 丙\n\n"
        "番号なし\n\n知らない一覧\n"
    )


def test_a_style_brings_its_number() -> None:
    """A heading style that a list level names takes its number from there."""
    styles = """<w:style w:type="paragraph" w:styleId="h2"><w:name w:val="heading 2"/>
    <w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr></w:style>"""
    numbering = NUMBERING.replace('<w:lvlText w:val="%1-%2"/>', '<w:pStyle w:val="h2"/><w:lvlText w:val="%1-%2"/>')
    body = p("背景", properties='<w:pStyle w:val="h2"/>') * 2
    assert text_of(body, styles=styles, numbering=numbering) == "## 1-1 背景\n\n## 1-2 背景\n"


def test_a_table_with_merged_cells_and_a_repeated_header() -> None:
    """Cells merged over columns and rows, and the rows marked as header, come as the convention asks."""
    down, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    wide = '<w:gridSpan w:val="2"/>'
    head = "<w:tblHeader/>"
    body = (
        p("表1")
        + "<w:tbl>"
        + tr(tc("課", down), tc("件数", wide), properties=head)
        + tr(tc("<w:p/>", on), "窓口", "電話", properties=head)
        + tr(tc("総務課", down), "1", "2")
        + tr(tc("<w:p/>", on), tc(p("な") + p("し"), wide))
        + tr("税務課", "3")
        + "</w:tbl>"
        + p("後の文")
    )
    assert text_of(body) == "表1\n\n課\t件数\t\n〃\t窓口\t電話\n総務課\t1\t2\n〃\tな し\tな し\n税務課\t3\t\n\n後の文\n"


def test_tables_in_tables_and_frames() -> None:
    """A table in a cell is words of that cell; a table of one cell is a frame around text."""
    inner = "<w:tbl>" + tr("長", "町長") + "</w:tbl><w:p/>"
    grid = "<w:tbl>" + tr("項目", "内容") + tr("体制", tc(p("次のとおり") + inner)) + "</w:tbl>"
    frame = "<w:tbl>" + tr(tc(p("囲み", properties='<w:outlineLvl w:val="1"/>') + p("囲みの文") + grid)) + "</w:tbl>"
    assert text_of(frame) == "## 囲み\n\n囲みの文\n\n項目\t内容\n体制\t次のとおり 長 町長\n"


def test_footnotes_and_endnotes_live_in_parts_of_their_own() -> None:
    """A mark stands right behind its word; definitions follow at the end in the order of their marks."""
    body = p(
        "データ", '<w:r><w:footnoteReference w:id="3"/></w:r>', "の活用", '<w:r><w:endnoteReference w:id="2"/></w:r>'
    )
    body += p(
        "AI", '<w:r><w:footnoteReference w:id="2"/></w:r>', "とデータ", '<w:r><w:footnoteReference w:id="3"/></w:r>'
    )
    footnotes = note("footnote", 0, "線", kind='w:type="separator"') + note("footnote", 2, "AI：人工知能")
    footnotes += note("footnote", 3, "データ：情報", "の集まり") + note("footnote", 9, "どこからも引かれない")
    assert text_of(body, footnotes=footnotes, endnotes=note("endnote", 2, "活用：使うこと")) == (
        "データ[※1]の活用[※2]\n\nAI[※3]とデータ[※1]\n\n"
        "# 脚注\n\n※1 データ：情報 の集まり\n※2 活用：使うこと\n※3 AI：人工知能\n"
    )


def test_marks_typed_by_hand() -> None:
    """A mark that the writer typed gives the number, and stands neither twice in the text nor in the note."""
    reference = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>※7</w:t></w:r>'
    up = '<w:vertAlign w:val="superscript"/>'
    body = p("データ", reference, "とデータ", r("※", up), r("7", up), "、10m", r("2", up), "、連携", r("8", up))
    body += p(r("※8", up), "連携：つなぐこと")
    assert text_of(body, footnotes=note("footnote", 2, "※7 データ：情報")) == (
        "データ[※7]とデータ[※7]、10m2、連携[※8]\n\n※8 連携：つなぐこと\n\n# 脚注\n\n※7 データ：情報\n"
    )


RENDERED = "<w:r><w:lastRenderedPageBreak/></w:r>"
BREAK = '<w:r><w:br w:type="page"/></w:r>'


def test_pages_begin_where_word_noted_them() -> None:
    """A page cuts a paragraph into lines, an explicit break and Word's note of it are one, a row begins a page."""
    body = (
        p("一頁目の文が", RENDERED, "二頁目に続く。", BREAK)
        + p(RENDERED, "三頁目", properties='<w:outlineLvl w:val="0"/>')
        + p("改頁付き", RENDERED, properties="<w:pageBreakBefore/>")
        + "<w:tbl>"
        + tr("課", "件数")
        + tr(tc(p(RENDERED, "総務")), tc(p(RENDERED, "1")))
        + "</w:tbl>"
    )
    extracted = extract_docx(docx(body))
    assert extracted.text == "一頁目の文が\n二頁目に続く。\n\n# 三頁目\n\n改頁付き\n\n課\t件数\n総務\t1\n"
    starts = [extracted.text[at:].split("\n")[0] for at in extracted.pages]
    assert starts == ["一頁目の文が", "二頁目に続く。", "# 三頁目", "改頁付き", "課\t件数", "総務\t1"]


def test_explicit_breaks_alone_number_no_pages() -> None:
    """Without Word's own notes nobody knows which page a text stands on; the break still begins a line."""
    extracted = extract_docx(docx(p("前", BREAK, "後")))
    assert (extracted.text, extracted.pages) == ("前\n後\n", ())


UNSEEN = (
    "<w:del><w:r><w:delText>隠</w:delText></w:r></w:del>",
    "<w:moveFrom>" + r("隠") + "</w:moveFrom>",
    r("隠", "<w:vanish/>"),
    r("隠", "<w:strike/>"),
    "<w:r><w:instrText>PAGEREF 隠</w:instrText></w:r>",
    '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="隠"/></w:ffData></w:fldChar></w:r>',
    "<w:commentRangeStart/><w:r><w:commentReference/></w:r>",
    "<!-- 隠 --><?x 隠?>",
    r("\u202e\u200b\ufeff"),
)
SEEN = (
    "<w:ins>" + r("見") + "</w:ins>",
    "<w:hyperlink>" + r("見") + "</w:hyperlink>",
    "<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>" + r("見") + "</w:sdtContent></w:sdt>",
    r("見", '<w:vanish w:val="0"/>'),
    "<w:fldSimple w:instr='X'>" + r("見") + "</w:fldSimple>",
    "<w:r><w:ruby><w:rt>" + r("みる") + "</w:rt><w:rubyBase>" + r("見") + "</w:rubyBase></w:ruby></w:r>",
    "<m:oMath><m:r><m:t>見</m:t></m:r></m:oMath>",
    '<w:r><w:sym w:font="x" w:char="898B"/></w:r>',
)


@pytest.mark.parametrize("run", UNSEEN)
def test_what_nobody_sees_is_left_out(run: str) -> None:
    """Deleted, hidden and struck words, field codes, comments and direction controls are left out."""
    assert text_of(p("前", run, "後")) == "前後\n"


@pytest.mark.parametrize("run", SEEN)
def test_words_inside_other_elements_are_read(run: str) -> None:
    """Inserted and linked words, controls, fields, formulas and symbols are read; of ruby, the base."""
    assert text_of(p("前", run, "後")) == "前見後\n"


def test_tabs_and_line_breaks() -> None:
    """A tab in a paragraph is a space, since tabs part cells; a line break is a line."""
    assert text_of(p("第1章", "<w:r><w:tab/><w:t>3</w:t><w:br/><w:t>次</w:t></w:r>")) == "第1章 3\n次\n"


def test_text_boxes_and_pictures_follow_their_paragraph() -> None:
    """A text box is read once, though Word writes it in two forms; a picture is its alternative text."""
    box = "<w:txbxContent>" + p("箱の文") + "</w:txbxContent>"
    shape = (
        "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wp:inline><wp:docPr id='1' name='x' descr='体制の図'/>"
        f"<wps:txbx>{box}</wps:txbx></wp:inline></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    assert text_of(p("前", shape, "後") + p("次")) == "前後\n\n箱の文\n\n体制の図\n\n次\n"


def test_the_strict_form_is_read() -> None:
    """A file saved as Strict Open XML has other namespaces and the same text."""
    members = {
        "_rels/.rels": relationships({"officeDocument": "/word/document.xml"}).replace(
            RELATIONS, "http://purl.oclc.org/x"
        ),
        "word/document.xml": f'<w:document xmlns:w="{STRICT}"><w:body><w:p><w:r><w:t>厳密</w:t></w:r></w:p></w:body></w:document>',
    }
    assert extract_docx(packed(members)).text == "厳密\n"


def test_running_heads_are_left_out() -> None:
    """Header and footer parts are never read."""
    members = {
        "_rels/.rels": relationships({"officeDocument": "word/document.xml"}),
        "word/_rels/document.xml.rels": relationships({"header": "header1.xml"}),
        "word/header1.xml": f"<w:hdr {SPACES}>{p('柱')}</w:hdr>",
        "word/document.xml": f"<w:document {SPACES}><w:body>{p('本文')}</w:body></w:document>",
    }
    assert extract_docx(packed(members)).text == "本文\n"
