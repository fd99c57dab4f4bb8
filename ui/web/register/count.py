"""How many measures were found, said once to everyone, and the way to have them as a file."""

from __future__ import annotations

from ui.commitments.choose import Found
from ui.web.inert import inert
from ui.web.register.state import View, file_query, query_of

NONE_FOUND = "条件に合う取組は見つかりませんでした。条件を減らすか、別のことばでお試しください。"


def render_count(found: Found, view: View, *, refused: bool = False) -> str:
    """Return the line over the table. ``data-query`` is what the page's address becomes."""
    said = "" if refused else _said(len(found.records), view.shown)
    files = _files(view) if found.records else ""
    note = (
        f'<p class="note">ほかに、この年度より前に始まり、終わりの時期を原文の表から読み取れない取組が{found.unsure}件あります。</p>'
        if found.unsure
        else ""
    )
    return f'<div class="found" data-query="{inert(query_of(view))}"><p role="status">{said}</p>{files}</div>{note}'


def _said(count: int, shown: int) -> str:
    if not count:
        return NONE_FOUND
    return f"{count}件の取組があります。" + (f"はじめの{shown}件を表示しています。" if count > shown else "")


def _files(view: View) -> str:
    links = (("csv", "表計算ソフト用（CSV）"), ("json", "JSON"))
    listed = "".join(
        f'<li><a href="/api/commitments?{inert(file_query(view.choice, form))}" download="取組一覧.{form}">{name}</a></li>'
        for form, name in links
    )
    return (
        f'<div class="files"><p id="files-name">この一覧を保存</p><ul aria-labelledby="files-name">{listed}</ul></div>'
    )
