"""The head and the foot of every page: the name of the site, and the way to its other pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import gradio as gr

TITLE = "まちプラン"
WHAT_IT_IS = "市町村の計画についてのご質問に、必ず計画の原文を引用してお答えします。"
SKIP = "本文へ進む"
FOR_STAFF = "職員・評価者の方へ"
SIZES = {"": "標準", "large": "大", "larger": "特大"}


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the site: its path after "/", its name as people read it, and what it is for in one sentence."""

    path: str
    name: str
    purpose: str


CHAT = Page("", "質問", WHAT_IT_IS)
REGISTER = Page("register", "取組一覧", "計画に書かれている取組を一覧で探せます。")
COMPARE = Page("compare", "比較", "市町村ごとの計画の記載を、原文の引用とともに並べて比べられます。")
READ = Page("read", "計画を読む", "収録している計画を、目次からたどって読めます。")
EVALUATION = Page("evaluation", "評価", "回答の質を試験し、結果を比べられます。")
ADMIN = Page("admin", "管理", "計画の追加・入替え・削除と、答えられなかったご質問の確認ができます。")

ANSWER = Page("answer", "回答", "以前にお答えした内容と、その根拠です。")
"""A link to an answer leads there, and no navigation."""

PAGES = (CHAT, REGISTER, COMPARE, READ)
"""For everyone, in the order of the head."""

STAFF = (EVALUATION, ADMIN)
"""For those who look after the site, at the foot: a resident does not look for the question box among them."""


def place_header(current: Page) -> None:
    """Place the head of ``current``: a link past it, the navigation, the page's heading and its sentence, the size of the text."""
    gr.HTML(_navigation(current), elem_id="site-head", apply_default_css=False)
    heading = TITLE if current is CHAT else current.name
    title = f'<div class="title"><h1>{heading}</h1>{_sizes()}</div><p>{current.purpose}</p>'
    gr.HTML(title, elem_id="intro", apply_default_css=False)


def place_footer(current: Page) -> None:
    """Place the foot of ``current``: the way to the pages for staff."""
    links = _links(STAFF, current)
    gr.HTML(
        f'<nav aria-label="{FOR_STAFF}"><p aria-hidden="true">{FOR_STAFF}</p><ul>{links}</ul></nav>',
        elem_id="site-foot",
        apply_default_css=False,
    )


def _links(pages: Sequence[Page], current: Page) -> str:
    return "".join(
        f'<li><a href="/{page.path}"{" aria-current=page" if page is current else ""}>{page.name}</a></li>'
        for page in pages
    )


def _navigation(current: Page) -> str:
    skip = f'<a class="skip" href="#layout">{SKIP}</a>'
    return f'{skip}<div class="head"><nav aria-label="ページ"><ul>{_links(PAGES, current)}</ul></nav></div>'


def _sizes() -> str:
    """Return the switch for the size of the text; the device remembers it (static/05-device.js)."""
    buttons = "".join(
        f'<button type="button" data-size="{size}" aria-pressed="false">{name}</button>' for size, name in SIZES.items()
    )
    return (
        f'<div class="sizes" role="group" aria-label="文字の大きさ"><span aria-hidden="true">文字</span>{buttons}</div>'
    )
