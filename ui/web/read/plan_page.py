"""A plan on its page: what it is, the quote that was asked for, the search, the contents and the plan itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from index.index import Index
from ingest.document import Plan
from ingest.search_text import readable
from ui.web.inert import inert
from ui.web.plan_view.link import plan_link, quote_id, quote_link
from ui.web.plan_view.reading import Reading, open_reading
from ui.web.plan_view.render import render_plan
from ui.web.read.contents import render_contents
from ui.web.read.find_words import find_words
from ui.web.read.plan_list import facts, tags, town
from ui.web.read.wanted import LONGEST_SEARCH, Wanted

ENDED = (
    "この計画は、計画期間が終了しています。現在の取組とは異なる場合がありますので、市町村の窓口などでご確認ください。"
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A plan as a visit sees it."""

    index: Index
    wanted: Wanted
    reading: Reading
    hits: tuple[tuple[int, int], ...]

    @property
    def plan(self) -> Plan:
        """The plan's metadata."""
        return self.wanted.plan


def render_plan_page(index: Index, wanted: Wanted, today: date) -> str:
    """Return the page of the plan that is asked for."""
    reading = open_reading(index, wanted.plan.plan_id)
    shown = Shown(index, wanted, reading, find_words(reading, wanted.words))
    quotes = [wanted.quote] if wanted.quote[1] else []
    contents = render_contents(reading)
    return (
        f"{_head(shown, today)}{_search(shown)}"
        '<div class="read-body">'
        f'<nav class="read-contents" aria-label="この計画の目次"><details><summary>目次</summary>{contents}</details></nav>'
        f'<div class="read-main">{_bar(shown)}<article class="plan" aria-label="計画の本文">'
        f"{render_plan(reading, quotes, shown.hits)}</article>"
        "</div></div>"
    )


def _head(shown: Shown, today: date) -> str:
    plan = shown.plan
    newer = shown.index.superseded.get(plan.plan_id, "")
    link = f'<a href="{inert(plan_link(newer))}">新しい計画を読む</a>' if newer else ""
    ended = f'<p class="read-notice" role="note">{ENDED}</p>' if plan.expired(today) else ""
    replaced = (
        f'<p class="read-notice" role="note">この計画は、新しい計画に置き換えられています。{link}</p>' if newer else ""
    )
    return (
        f'<header class="read-head"><p class="read-town">{town(plan)}{tags(plan, shown.index, today)}</p>'
        f'<h2 class="read-title"><bdi>{inert(plan.title)}</bdi></h2>{facts(plan)}{ended}{replaced}'
        '<p class="read-others"><a href="/read">ほかの計画を選ぶ</a></p></header>'
    )


def _bar(shown: Shown) -> str:
    """Return what stays in sight above the plan: where the quote stands, how often words were found; "" for neither."""
    bar = _quote(shown) + (_hits(shown) if shown.wanted.words else "")
    return f'<div class="read-bar">{bar}</div>' if bar else ""


def _quote(shown: Shown) -> str:
    """Return where the quote stands, and the button that copies it; "" where none was asked for."""
    start, end = shown.wanted.quote
    if not end:
        return ""
    plan, text = shown.plan, shown.reading.text
    page = shown.index.page(plan.plan_id, start)
    path = shown.reading.heading_path(start)
    where = [*path, f"{page}ページ"] if page else [*path]
    said = readable(text[start:end])
    copy = f"「{said}」\n（{plan.municipality}「{plan.title}」{'　' if where else ''}{' ＞ '.join(where)}）"
    steps = "".join(f"<li><bdi>{inert(step)}</bdi></li>" for step in where)
    return (
        '<section class="read-quote" aria-labelledby="read-quote-title"><h2 id="read-quote-title">引用箇所</h2>'
        f'<ol class="read-path">{steps}</ol><p class="read-actions">'
        f'<a class="read-button" href="#{quote_id(start, end)}">引用箇所へ</a>'
        f'<button type="button" class="read-button" data-copies="{inert(copy)}" data-link="'
        f'{inert(quote_link(plan.plan_id, start, end))}">引用をコピー</button>'
        '<span class="read-status" role="status"></span></p></section>'
    )


def _search(shown: Shown) -> str:
    words = shown.wanted.words
    return (
        '<form class="read-search" action="/read" method="get" role="search">'
        f'<input type="hidden" name="plan" value="{inert(shown.plan.plan_id)}">'
        '<label for="read-words">この計画の中をさがす</label><div class="read-field">'
        f'<input id="read-words" type="search" name="q" value="{inert(words)}" maxlength="{LONGEST_SEARCH}" autocomplete="off">'
        f'<button type="submit" class="read-button">さがす</button></div></form>'
    )


def _hits(shown: Shown) -> str:
    """Return how often the words stand in the plan, and the buttons that go from one place to the next."""
    words, count = f"「<bdi>{inert(shown.wanted.words)}</bdi>」", len(shown.hits)
    back = f'<a href="{inert(plan_link(shown.plan.plan_id))}">検索をやめる</a>'
    if not count:
        hint = "言葉を短くするか、別の言い方でおさがしください。"
        return f'<p class="read-found" role="status">{words}は、この計画の中に見つかりませんでした。{hint}</p>'
    return (
        f'<div class="read-found"><p role="status" data-count="{count}">{words}が{count}か所に見つかりました。</p>'
        '<p class="read-actions"><button type="button" class="read-button" data-step="-1">前へ</button>'
        f'<button type="button" class="read-button" data-step="1">次へ</button>{back}</p></div>'
    )
