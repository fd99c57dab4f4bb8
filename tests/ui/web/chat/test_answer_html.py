"""Answers as HTML: our own tables are tables, markers are links, and nothing else is markup."""

from __future__ import annotations

from dataclasses import replace

from assistant.answer import Answer, Reason
from assistant.comparison_table import ComparedRow, comparison_table
from ingest.document import Contact, Plan
from ui.web.chat.answer_html import mark_up
from ui.web.chat.way_on import render_way_on
from ui.web.inert import inert
from ui.web.plan_view.link import plan_link


def test_a_comparison_is_a_table_whose_cells_are_inert() -> None:
    """The bars of our own table stand; a bar, a backslash or mark-up inside a cell is a letter there."""
    table = mark_up(comparison_table([ComparedRow("甲町", ("a|b\\ <b>x</b>[1]",)), ComparedRow("乙町")]), turn=2)
    assert '<tr><th scope="col">自治体</th><th scope="col">計画の記載</th></tr>' in table
    assert (
        '<tr><th scope="row">甲町</th><td>a&#124;b&#92; &#60;b&#62;x&#60;&#47;b&#62;'
        '<a class="marker" href="#source-2-1" aria-label="[1] の原文を開く">[1]</a></td></tr>'
    ) in table
    assert '<tr><th scope="row">乙町</th><td>見つかりませんでした</td></tr>' in table


def test_bars_elsewhere_are_letters() -> None:
    """A quoted line of bars is no table, be it inside quotation marks or an item of a list."""
    for line in ("「| 甲 | 乙 |」", "・| 甲 | 乙 |", "|甲|乙|"):
        assert "<t" not in mark_up(line, turn=1)


def test_a_town_that_heads_its_lines_is_a_heading() -> None:
    """A line that is a name in thick brackets heads what follows; inside a sentence it is text."""
    assert mark_up("【甲町】\n5年です。", turn=1) == '<h3 class="part">甲町</h3><p>5年です。</p>'
    assert "<h3" not in mark_up("【甲町】は5年です。", turn=1)


PLAN = Plan("ko", "甲町", "こうちょう", "000001", "県", "甲町<計画>", None, None, None, None, "", "")


def _refusal(text: str) -> Answer:
    return Answer("id", "問い", text, True, Reason.NOT_IN_PLANS, (), (), (), "extractive", 0.1)


def test_the_way_on_of_one_town_is_its_plan_and_its_office() -> None:
    """The plan's contents are a link, the office stands as the plan's record has it; only an https address is a link."""
    office = Contact("企画課<b>", "01-2345", "https://example.lg.jp/?a=1&b=2")
    way = render_way_on(_refusal("甲町の計画にはありません。"), [replace(PLAN, contact=office)])
    assert f'<a href="{inert(plan_link("ko"))}">甲町&#60;計画&#62;を目次から読む</a>' in way
    assert "お問い合わせ先：企画課&#60;b&#62;　01&#45;2345" in way
    assert 'href="https&#58;&#47;&#47;example' in way
    unsafe = replace(PLAN, contact=Contact("課", "", "javascript:alert(1)"))
    assert "javascript" not in render_way_on(_refusal("甲町の計画にはありません。"), [unsafe])


def test_the_way_on_where_no_one_town_is_meant_is_the_list_of_plans() -> None:
    """With several towns, or none, the link leads to all plans."""
    other = replace(PLAN, plan_id="otsu", municipality="乙町", municipality_code="000002")
    for text in ("甲町と乙町の計画だけです。", "お答えできません。"):
        assert render_way_on(_refusal(text), [PLAN, other]).count('href="/read"') == 1
