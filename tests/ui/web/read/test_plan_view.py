"""A plan as HTML: every word, in order, and quotes marked to the character."""

from __future__ import annotations

import html
import random
import re
import time
from collections.abc import Sequence

import pytest

from ingest.document import Document
from ui.web.plan_view.reading import Reading, read_plan
from ui.web.plan_view.render import render_plan

PLANS = ("hirao", "kagamino", "kamigori", "kamisato", "koge")
HOSTILE = (
    "# 目的\n\n<script>alert(1)</script>\n\n<img src=x onerror=alert(2)> {{7*7}} ${8*8} [a](javascript:b) `c` &lt;d&gt;\n\n"
    "<table><tr><td onclick='x'>甲</td>迷い<td rowspan=9999 colspan=\"99999\">乙<table><tr><td>丙</td></tr></table></td>\n\n"
    "<table><tr><td>閉じない表</td></tr>\n\n前\u202e逆さ\u202c後\u2066\u200f\0\n\n| 甲 | \\| 乙 |\n|---|:-:|\n| **1** | <b>2 |\n\n"
    "** 太字 ** と **太字<sup>※1</sup>** と^{※2 と $^{※3}$\n\n※1 用語：<b>説明</b>です。\n\n<p title='<p>'>段落</P><br/><BR>行\n"
)


def _read(document: Document) -> Reading:
    return read_plan(document.text, document.plan.title, document.chunks, document.pages)


def _content(markup: str) -> str:
    """Return what the elements contain, white space apart."""
    return "".join(html.unescape(re.sub(r"<[^>]*>", "", markup)).split())


def _marked(markup: str, look: str = "plan-quote") -> str:
    return _content("".join(re.findall(rf'<mark class="{look}"[^>]*>(.*?)</mark>', markup, re.DOTALL)))


def _bare(text: str) -> str:
    return "".join(text.replace("\0", "\ufffd").split())


@pytest.fixture(params=PLANS)
def document(request: pytest.FixtureRequest, documents: tuple[Document, ...]) -> Document:
    """Each of the five plans."""
    return next(document for document in documents if document.plan.plan_id == request.param)


def test_all_characters_of_a_plan_are_there_in_their_order(document: Document) -> None:
    """The text content of the rendering is the plan's text to the letter, white space apart."""
    assert _content(render_plan(_read(document))) == _bare(document.text)


def test_only_mark_up_is_hidden(document: Document) -> None:
    """What is kept but not shown holds no word of the plan: tags, brackets of raised marks, bullets, bars and hashes."""
    hidden = re.findall(r"<span hidden>(.*?)</span>", render_plan(_read(document)))
    for piece in hidden:
        shown = re.sub(r"</?(?:p|ul|li|sup|table|tr|td|th|br)\b[^<>]*>", "", html.unescape(piece))
        assert not re.search(r"\w", shown), piece


def test_a_mark_covers_its_characters_and_no_others(document: Document) -> None:
    """For every chunk and for random spans, the marked characters are those of the span; one element has the quote's id."""
    reading, choose = _read(document), random.Random(7)
    size = len(document.text)
    spans = [(chunk.span.start, chunk.span.end) for chunk in document.chunks]
    spans += [(start, min(size, start + choose.randrange(1, 400))) for start in choose.choices(range(size), k=150)]
    for start, end in spans:
        markup = render_plan(reading, [(start, end)])
        assert _marked(markup) == _bare(document.text[start:end])
        if re.search(r"[ぁ-ヿ一-龥]", document.text[start:end]):
            assert markup.count(f'id="quote-{start}-{end}"') == 1


def test_marks_and_hits_may_overlap(document: Document) -> None:
    """Several quotes and hits at once are each marked, also where they overlap."""
    reading = _read(document)
    markup = render_plan(reading, [(100, 200), (150, 300)], [(120, 130), (180, 260)])
    assert _content(markup) == _bare(document.text)
    assert all(f'id="{name}"' in markup for name in ("quote-100-200", "quote-150-300", "hit-1", "hit-2"))


def test_elements_are_closed_in_order(document: Document) -> None:
    """Every element ends where it may end, with or without marks that cross cells and paragraphs."""
    reading = _read(document)
    third = len(document.text) // 3
    for marks in ([], [(third, 2 * third)]):
        _assert_nested(render_plan(reading, marks))


def test_ids_are_unique_and_links_lead_somewhere(document: Document) -> None:
    """No id comes twice, and every link inside the plan has its target."""
    markup = render_plan(_read(document))
    names = re.findall(r' id="([^"]+)"', markup)
    assert len(names) == len(set(names))
    assert set(re.findall(r'href="#([^"]+)"', markup)) <= set(names)


def test_structure_becomes_elements(documents: tuple[Document, ...]) -> None:
    """Headings, tables with their column names, lists and notes of the plans are the elements that they are."""
    plans = {document.plan.plan_id: render_plan(_read(document)) for document in documents}
    assert re.search(r'<h2 id="s-\d+" tabindex="-1">第1章 総論</h2>', plans["hirao"])
    assert re.search(r"<h3[^>]*>3\.計画の期間</h3>", html.unescape(plans["hirao"]))
    assert re.search(r'<th scope="col" colspan="4">使用システム</th>', plans["hirao"])
    assert re.search(r'<th scope="row">現況と課題</th><td colspan="5">', plans["hirao"])
    assert re.search(r"<ul><li><span hidden>[^<]*</span>人口減少、少子高齢化", plans["kamigori"])
    assert 'aria-describedby="entry-' in plans["kagamino"]
    assert 'class="plan-back"' in plans["kamisato"]


def test_nothing_in_a_hostile_plan_is_an_element_of_its_own() -> None:
    """Scripts, handlers, templates and broken tables of a plan are words; the elements are the renderer's own."""
    reading = read_plan(HOSTILE, "計画")
    markup = ""
    for marks in ([], [(3, 90)], [(at, at + 9) for at in range(0, len(HOSTILE) - 9, 5)]):
        markup = render_plan(reading, marks)
        assert _content(markup) == _bare(HOSTILE)
        _assert_nested(markup)
        assert not re.search(r"<(?:script|img)|onerror=|onclick=|\{\{|\$\{", markup)
        assert not set(_attributes(markup)) - OURS
    assert max(map(int, re.findall(r'(?:row|col)span="(\d+)"', markup))) <= 1000


def test_a_direction_mark_is_shown_and_has_no_effect() -> None:
    """A character that turns the direction of text is never rendered itself: its number is shown in its place."""
    markup = render_plan(read_plan("甲\u202e乙\u2066丙", "計画"))
    assert re.findall(r'data-name="U\+([0-9A-F]{4})"', markup) == ["202E", "2066"]
    assert re.sub(r"<span hidden>.</span>", "", markup).isprintable()


def test_a_long_plan_is_quick() -> None:
    """A plan of 100,000 characters with marks, hits and terms is rendered in well under a second."""
    paragraph = (
        "本町では、ICT^{※1}の活用により、<sup>※2</sup>**業務**の効率化を進めます。\n\n## 見出し\n\n- 項目\n- 項目\n\n"
    )
    text = paragraph * (100_000 // len(paragraph)) + "※1 ICT：情報通信技術のこと。\n"
    reading = read_plan(text, "計画")
    render_plan(reading)
    began = time.perf_counter()
    render_plan(reading, [(5, 50_000)], [(at, at + 2) for at in range(0, len(text), 100)])
    assert time.perf_counter() - began < 1.5


OURS = {"class", "id", "href", "tabindex", "hidden", "scope", "rowspan", "colspan", "data-name", "aria-describedby"} | {
    "aria-label"
}
_TAG = re.compile(r"<(/?)([a-z0-9]+)((?:\s[a-z-]+(?:=\"[^\"]*\")?)*)>")


def _attributes(markup: str) -> Sequence[str]:
    return [name for tag in _TAG.finditer(markup) for name in re.findall(r'\s([a-z-]+)(?:="[^"]*")?', tag[3])]


def _assert_nested(markup: str) -> None:
    assert len(_TAG.findall(markup)) == markup.count("<")
    open_: list[str] = []
    for close, name, _ in _TAG.findall(markup):
        if close:
            assert open_.pop() == name
        elif name not in ("br", "hr"):
            assert name not in ("p", "h2", "ul", "table") or "p" not in open_, open_
            assert name != "a" or "a" not in open_
            open_.append(name)
    assert open_ == []
