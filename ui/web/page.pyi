"""The chat page: stock Gradio components, placed and wired; only the citations are HTML of our own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import gradio as gr
from fastapi import FastAPI
from starlette.middleware import Middleware

from assistant.answer import Answer
from index.errors import IndexUnusableError
from ui.web import citations, messages
from ui.web.conversation import UNAVAILABLE, Step, ask
from ui.web.inert import inert
from ui.web.shell import PageShell
from ui.web.theme import PAGE_CSS, build_theme, tokens_css

if TYPE_CHECKING:
    from assistant.assistant import Assistant

    OpenAssistant = Callable[[], Assistant]

TITLE = "まちプラン"
WHAT_IT_IS = "市町村の計画への質問に、必ず計画の原文を引用してお答えする案内です。"
EVERY_TOWN = "すべての町"
EXAMPLES = "質問の例（押すと質問できます）"
FOLLOW_UPS = "続けて質問する"
SEND = "質問する"
SENDING = "回答中…"
BROKE_OFF = "申し訳ありません。回答の途中で問題が起きました。しばらくしてから、もう一度お試しください。"

Updates = dict[Any, Any]

from gradio.events import Dependency

class TownDropdown(gr.Dropdown):
    """A dropdown that hands on what was chosen; the assistant checks it, and refuses an unknown town in Japanese.

    The stock check knows only the choices of this server's sessions, so a page left open over a restart would fail.
    """

    is_template = True

    def preprocess(self, payload: Any) -> str:
        """Return the chosen municipality's code, "" for every town."""
        return str(payload or "")
    from typing import Callable, Literal, Sequence, Any, TYPE_CHECKING
    from gradio.blocks import Block
    if TYPE_CHECKING:
        from gradio.components import Timer
        from gradio.components.base import Component


@dataclass(frozen=True, slots=True)
class _Parts:
    """The page's components, by what they are for."""

    town: gr.Dropdown
    chat: gr.Chatbot
    beside: gr.Column
    sources: gr.HTML
    prompts: gr.Dataset
    problem: gr.HTML
    box: gr.Textbox
    send: gr.Button
    restart: gr.Button
    answers: gr.State
    asked: gr.State


def build_page(assistant: OpenAssistant) -> gr.Blocks:
    """Return the chat page over the assistant that ``assistant()`` gives at each visit and each question."""
    with gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True) as page:
        parts = _place_parts()
        _wire(page, parts, assistant)
    page.queue(default_concurrency_limit=8)
    return page


def mount_page(app: FastAPI, assistant: OpenAssistant) -> FastAPI:
    """Return ``app`` with the chat page at "/". Routes that ``app`` already has come first."""
    shell = Middleware(PageShell, style=tokens_css(), description=WHAT_IT_IS)
    return gr.mount_gradio_app(
        app,
        build_page(assistant),
        path="/",
        theme=build_theme(),
        css_paths=PAGE_CSS,
        footer_links=[],
        run_history=False,
        show_error=False,
        max_file_size=1,
        ssr_mode=False,
        mcp_server=False,
        enable_monitoring=False,
        pwa=False,
        app_kwargs={"middleware": [shell]},
    )


def _place_parts() -> _Parts:
    gr.Markdown(f"# {TITLE}\n\n{WHAT_IT_IS}", elem_id="intro")
    with gr.Column(elem_id="layout"):
        with gr.Column(elem_id="town-area"):
            town = TownDropdown(
                [(EVERY_TOWN, "")], value="", label="調べる町", elem_id="town", filterable=False
            )
        with gr.Column(elem_id="chat-area"):
            chat = gr.Chatbot(
                label="質問と回答",
                show_label=False,
                elem_id="chat",
                height="auto",
                autoscroll=False,
                buttons=[],
                latex_delimiters=[],
                sanitize_html=True,
                allow_tags=False,
                visible=False,
            )
        with gr.Column(elem_id="sources-area", visible=False) as beside:
            gr.Markdown("## 根拠（計画の原文）", elem_id="sources-title")
            sources = gr.HTML(citations.render_sources(()), elem_id="sources", apply_default_css=False)
        with gr.Column(elem_id="prompts-area"):
            prompts = gr.Dataset(components=["textbox"], samples=[], label=EXAMPLES, elem_id="prompts", visible=False)
            restart = gr.Button("最初からやり直す", elem_id="restart", visible=False)
        with gr.Column(elem_id="ask-area"):
            problem = gr.HTML("", elem_id="problem", visible=False)
            with gr.Row(elem_id="ask-row"):
                box = gr.Textbox(
                    label="質問", placeholder="ここに質問を入力", elem_id="question", lines=1, max_lines=6, scale=1
                )
                send = gr.Button(SEND, variant="primary", elem_id="send", scale=0)
    answers, asked = gr.State(()), gr.State("")
    return _Parts(town, chat, beside, sources, prompts, problem, box, send, restart, answers, asked)


def _wire(page: gr.Blocks, parts: _Parts, assistant: OpenAssistant) -> None:
    """Connect the events. Every way of asking is one event, so a second question cannot start during the first."""

    def visit() -> Updates:
        return _welcome(parts, assistant)

    def examples(town: str, answers: tuple[Answer, ...]) -> Updates:
        return {} if answers else {parts.prompts: _examples(assistant, town)}

    def answer(text: str, town: str, answers: tuple[Answer, ...], event: gr.EventData) -> Iterator[Updates]:
        prompted = isinstance(event.target, gr.Dataset)
        question = str(event.value[0]) if prompted else text
        for step in ask(assistant, question, town, answers):
            yield _show(parts, step, question=question, prompted=prompted)

    def break_off(typed: str, asked: str, answers: tuple[Answer, ...]) -> Updates:
        return _show(parts, Step(answers, problem=BROKE_OFF), question=typed or asked)

    def restart(town: str) -> Updates:
        return _show(parts, Step(()), question="") | {parts.prompts: _examples(assistant, town)}

    shown: list[Any] = [parts.chat, parts.beside, parts.sources, parts.prompts, parts.problem, parts.box, parts.send, parts.restart]
    shown += [parts.answers, parts.asked]
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    page.load(visit, None, [parts.town, parts.prompts, parts.problem], **quiet)
    parts.town.input(examples, [parts.town, parts.answers], parts.prompts, **quiet)
    asking = gr.on(
        [parts.send.click, parts.box.submit, parts.prompts.select],
        answer,
        [parts.box, parts.town, parts.answers],
        shown,
        trigger_mode="once",
        **quiet,
    )
    asking.failure(break_off, [parts.box, parts.asked, parts.answers], shown, **quiet)
    parts.restart.click(restart, parts.town, shown, **quiet)


def _welcome(parts: _Parts, assistant: OpenAssistant) -> Updates:
    """Return what a new visit shows: the municipalities of the index and example questions."""
    try:
        plans = assistant().index.plans
    except IndexUnusableError:
        return {parts.problem: _problem(UNAVAILABLE)}
    towns = {plan.municipality_code: f"{plan.municipality}（{plan.prefecture}）" for plan in plans}
    choices = [(EVERY_TOWN, ""), *((name, code) for code, name in towns.items())]
    return {parts.town: gr.Dropdown(choices=choices, value=""), parts.prompts: _examples(assistant, "")}


def _examples(assistant: OpenAssistant, town: str) -> gr.Dataset:
    try:
        opened = assistant()
    except IndexUnusableError:
        return gr.Dataset(visible=False)
    names = {plan.municipality_code: plan.municipality for plan in opened.index.plans}
    return _prompts(opened.examples(names.get(town, "")), EXAMPLES)


def _prompts(questions: tuple[str, ...], label: str) -> gr.Dataset:
    return gr.Dataset(samples=[[question] for question in questions], label=label, visible=bool(questions))


def _problem(text: str) -> gr.HTML:
    return gr.HTML(f'<p role="alert">{inert(text)}</p>' if text else "", visible=bool(text))


def _show(parts: _Parts, step: Step, *, question: str, prompted: bool = False) -> Updates:
    """Return the updates that show ``step``. What was typed leaves the box when its answer begins, and comes back
    when something goes wrong; a question taken from the list leaves the box alone until then."""
    if step.asked:
        chat = gr.Chatbot(messages.render_pending(step.answers, step.asked, step.so_far), visible=True)
        return {parts.chat: chat} if step.so_far else {parts.chat: chat} | _begin(parts, step.asked, prompted)
    chat = messages.render_chat(step.answers)
    updates: Updates = {
        parts.chat: gr.Chatbot(chat, visible=bool(chat)),
        parts.beside: gr.Column(visible=bool(chat)),
        parts.sources: citations.render_sources(step.answers),
        parts.restart: gr.Button(visible=bool(chat)),
        parts.problem: _problem(step.problem),
        parts.send: gr.Button(SEND, interactive=True),
    }
    if step.problem:
        return updates | {parts.box: question, parts.prompts: gr.Dataset(visible=True)}
    suggestions = step.answers[-1].suggestions if step.answers else ()
    return updates | {parts.answers: step.answers, parts.prompts: _prompts(suggestions, FOLLOW_UPS)}


def _begin(parts: _Parts, asked: str, prompted: bool) -> Updates:
    """Return what changes once, when a question has been accepted."""
    updates: Updates = {
        parts.asked: asked,
        parts.problem: _problem(""),
        parts.prompts: gr.Dataset(visible=False),
        parts.send: gr.Button(SENDING, interactive=False),
    }
    return updates if prompted else updates | {parts.box: ""}