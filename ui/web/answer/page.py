"""One answer at its own address: the question, the answer, its quotes, and whether they still hold."""

from __future__ import annotations

from typing import Any

import gradio as gr

from ui.api.answers import is_current, read_answer
from ui.open import CANNOT_OPEN
from ui.store import KeptAnswer
from ui.web.answer.receipt import render_gone, render_receipt
from ui.web.chat.citations import render_sources
from ui.web.chat.conversation import UNAVAILABLE
from ui.web.chat.turns import render_conversation
from ui.web.header import ANSWER, place_header
from ui.web.inert import inert
from ui.web.quiet_events import QUIET
from ui.web.site import Site

ACTIONS = (
    '<div class="tools"><button type="button" data-do="copy-address">リンクをコピー</button>'
    '<button type="button" data-do="save">保存（Markdown）</button>'
    '<button type="button" data-do="print">印刷</button><p class="tools-said" role="status"></p></div>'
)


def place_page(page: gr.Blocks, site: Site) -> None:
    """Place the page; the address's ``id`` says which answer it shows."""
    place_header(ANSWER)
    with gr.Column(elem_id="layout"):
        with gr.Column(elem_id="chat-area"):
            answer = gr.HTML('<p role="status">回答を開いています…</p>', elem_id="answer", apply_default_css=False)
        with gr.Column(elem_id="sources-area", visible=False) as beside:
            sources = gr.HTML("", elem_id="sources", apply_default_css=False)

    def visit(request: gr.Request) -> dict[Any, Any]:
        shown, quotes = render(site, request.query_params.get("id", ""))
        return {answer: shown, sources: quotes, beside: gr.Column(visible=bool(quotes))}

    page.load(visit, None, [answer, sources, beside], **QUIET)


def render(site: Site, answer_id: str) -> tuple[str, str]:
    """Return the answer of an id with its receipt, or why there is none; and the quotes, "" where there are none."""
    try:
        kept = site.store.kept(answer_id)
    except KeyError:
        return render_gone(site.store.days), ""
    try:
        return _render(site, kept)
    except CANNOT_OPEN:
        return f'<p role="alert">{inert(UNAVAILABLE)}</p>', ""


def _render(site: Site, kept: KeptAnswer) -> tuple[str, str]:
    answer, index = read_answer(kept.body), site.assistant().index
    receipt = render_receipt(kept.given, answer, now=index.generation, current=is_current(answer.citations, index))
    conversation = render_conversation([answer], plans=index.plans, kept=True, own_page=True)
    return f"{conversation}{ACTIONS}{receipt}", render_sources([answer]) if answer.citations else ""
