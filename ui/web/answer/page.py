"""One answer at its own address: the question, the answer, its quotes, and whether they still hold."""

from __future__ import annotations

from typing import Any

import gradio as gr

from assistant.answer import Answer
from ui.api.answers import is_current, read_answer
from ui.api.errors import NOT_KEEPING
from ui.database import AnswersFileError
from ui.open import CANNOT_OPEN
from ui.store import KeptAnswer
from ui.web.answer.receipt import render_gone, render_receipt
from ui.web.chat.citations import render_sources
from ui.web.chat.conversation import UNAVAILABLE
from ui.web.chat.parts import EASY
from ui.web.chat.show import plain_view
from ui.web.chat.turns import render_conversation
from ui.web.header import ANSWER, place_header
from ui.web.inert import inert
from ui.web.quiet_events import QUIET
from ui.web.site import Site

ACTIONS = (
    '<div class="tools"><button type="button" data-do="copy-address">リンクをコピー</button>'
    '<button type="button" data-do="save">回答を保存</button>'
    '<button type="button" data-do="print">印刷</button>'
    '<button type="button" data-do="delete">この回答を消す</button><p class="tools-said" role="status"></p></div>'
)


def place_page(page: gr.Blocks, site: Site) -> None:
    """Place the page; the address's ``id`` says which answer it shows."""
    place_header(ANSWER)
    with gr.Column(elem_id="layout"):
        with gr.Column(elem_id="town-area"):
            easy = gr.Checkbox(label=EASY, elem_id="easy-switch", container=False, visible=False)
        with gr.Column(elem_id="chat-area"):
            answer = gr.HTML('<p role="status">回答を開いています…</p>', elem_id="answer", apply_default_css=False)
        with gr.Column(elem_id="sources-area", visible=False) as beside:
            plain = gr.HTML("", elem_id="easy", apply_default_css=False, visible=False)
            sources = gr.HTML("", elem_id="sources", apply_default_css=False)
        with gr.Column(elem_id="receipt-area"):
            receipt = gr.HTML("", elem_id="receipt", apply_default_css=False)

    def visit(wanted: bool, request: gr.Request) -> dict[Any, Any]:
        shown, quotes, given = render(site, _asked_for(request))
        there = bool(quotes)
        switch, side = gr.Checkbox(value=wanted, visible=there), gr.Column(visible=there)
        updates = {answer: shown, sources: quotes, receipt: given, beside: side, easy: switch}
        return updates | {plain: in_plain_words(wanted and there, request)}

    def in_plain_words(wanted: bool, request: gr.Request) -> gr.HTML:
        return plain_view(kept_answer(site, _asked_for(request)), wanted)

    arrive = "() => [window.machiplan.easyChosen()]"
    page.load(visit, easy, [answer, sources, receipt, beside, easy, plain], js=arrive, **QUIET)
    easy.input(in_plain_words, easy, plain, **QUIET)
    easy.change(None, easy, None, js="(easy) => window.machiplan.chooseEasy(easy)", **QUIET)


def _asked_for(request: gr.Request) -> str:
    return str(request.query_params.get("id", ""))


def kept_answer(site: Site, answer_id: str) -> tuple[Answer, ...]:
    """Return the one answer of an id; none where it is not kept."""
    try:
        return (read_answer(site.store.read(answer_id)),)
    except (KeyError, AnswersFileError):
        return ()


def render(site: Site, answer_id: str) -> tuple[str, str, str]:
    """Return the answer of an id, or why there is none; its quotes and its receipt, each "" where there is none."""
    try:
        kept = site.store.kept(answer_id)
    except KeyError:
        return render_gone(site.store.days), "", ""
    except AnswersFileError:
        return f'<p role="alert">{inert(NOT_KEEPING[1])}</p>', "", ""
    try:
        return _render(site, kept)
    except CANNOT_OPEN:
        return f'<p role="alert">{inert(UNAVAILABLE)}</p>', "", ""


def _render(site: Site, kept: KeptAnswer) -> tuple[str, str, str]:
    answer, index = read_answer(kept.body), site.assistant().index
    receipt = render_receipt(kept.given, answer, now=index.generation, current=is_current(answer.citations, index))
    conversation = render_conversation([answer], plans=index.plans, kept=True, own_page=True)
    return f"{conversation}{ACTIONS}", render_sources([answer]), receipt
