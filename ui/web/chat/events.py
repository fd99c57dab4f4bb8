"""What happens on the chat page: a visit, a choice of town, a question, a failure, a fresh start."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.answer import Answer
from ui.open import CANNOT_OPEN
from ui.web.chat import citations, messages
from ui.web.chat.conversation import UNAVAILABLE, Step, ask
from ui.web.chat.easy import asked_in_kana, render_easy
from ui.web.chat.parts import EVERY_TOWN, EXAMPLES, SEND, Parts
from ui.web.inert import inert

if TYPE_CHECKING:
    from assistant.assistant import Assistant

    OpenAssistant = Callable[[], Assistant]

FOLLOW_UPS = "続けて質問する"
SENDING = "回答中…"
BROKE_OFF = "申し訳ありません。回答の途中で問題が起きました。しばらくしてから、もう一度お試しください。"

Updates = dict[Any, Any]


def wire(page: gr.Blocks, parts: Parts, assistant: OpenAssistant) -> None:
    """Connect the events. Every way of asking is one event, so a second question cannot start during the first.

    Gradio would check a chosen town against the choices that this server handed out, and fail in English on a page
    left open over a restart; ``preprocess=False`` leaves the check to the assistant, which refuses in Japanese.
    """

    def visit() -> Updates:
        return _welcome(parts, assistant)

    def examples(town: str | None, answers: tuple[Answer, ...]) -> Updates:
        return {} if answers else {parts.prompts: _examples(assistant, town or "")}

    def answer(
        typed: str | None, town: str | None, easy: bool, answers: tuple[Answer, ...], event: gr.EventData
    ) -> Iterator[Updates]:
        prompted = isinstance(event.target, gr.Dataset)
        question = str(event.value[0]) if prompted else typed or ""
        for step in ask(assistant, question, town or "", answers):
            yield _show(parts, step, question=question, prompted=prompted) | _plain(parts, step, easy)

    def break_off(typed: str | None, asked: str, answers: tuple[Answer, ...]) -> Updates:
        return _show(parts, Step(answers, problem=BROKE_OFF), question=typed or asked)

    def restart(town: str | None) -> Updates:
        blank = _show(parts, Step(()), question="") | {parts.plain: _view((), easy=False)}
        return blank | {parts.prompts: _examples(assistant, town or "")}

    shown = [getattr(parts, field.name) for field in fields(parts) if field.name != "town"]
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "preprocess": False}
    page.load(visit, None, [parts.town, parts.prompts, parts.problem], **quiet)
    parts.town.input(examples, [parts.town, parts.answers], parts.prompts, **quiet)
    parts.easy.input(_view, [parts.answers, parts.easy], parts.plain, **quiet)
    asking = gr.on(
        [parts.send.click, parts.box.submit, parts.prompts.select],
        answer,
        [parts.box, parts.town, parts.easy, parts.answers],
        shown,
        trigger_mode="once",
        **quiet,
    )
    asking.failure(break_off, [parts.box, parts.asked, parts.answers], shown, **quiet)
    parts.restart.click(restart, parts.town, shown, **quiet)


def _welcome(parts: Parts, assistant: OpenAssistant) -> Updates:
    """Return what a new visit shows: the municipalities of the index and example questions."""
    try:
        plans = assistant().index.plans
    except CANNOT_OPEN:
        return {parts.problem: _problem(UNAVAILABLE)}
    towns = {plan.municipality_code: f"{plan.municipality}（{plan.prefecture}）" for plan in plans}
    choices = [(EVERY_TOWN, ""), *((name, code) for code, name in towns.items())]
    return {parts.town: gr.Dropdown(choices=choices, value=""), parts.prompts: _examples(assistant, "")}


def _examples(assistant: OpenAssistant, town: str) -> gr.Dataset:
    try:
        opened = assistant()
    except CANNOT_OPEN:
        return gr.Dataset(visible=False)
    names = {plan.municipality_code: plan.municipality for plan in opened.index.plans}
    return _prompts(opened.examples(names.get(town, "")), EXAMPLES)


def _prompts(questions: tuple[str, ...], label: str) -> gr.Dataset:
    return gr.Dataset(samples=[[question] for question in questions], label=label, visible=bool(questions))


def _problem(text: str) -> gr.HTML:
    return gr.HTML(f'<p role="alert">{inert(text)}</p>' if text else "", visible=bool(text))


def _plain(parts: Parts, step: Step, easy: bool) -> Updates:
    """Return the updates of the view in plain words: none before the answer stands; a question in kana turns it on."""
    if step.asked or step.problem:
        return {}
    turned_on = not easy and asked_in_kana(step.answers)
    view: Updates = {parts.plain: _view(step.answers, easy or turned_on)}
    return view | {parts.easy: True} if turned_on else view


def _view(answers: tuple[Answer, ...], easy: bool) -> gr.HTML:
    shown = render_easy(answers, wanted=easy)
    return gr.HTML(shown, visible=bool(shown))


def _show(parts: Parts, step: Step, *, question: str, prompted: bool = False) -> Updates:
    """Return the updates that show ``step``.

    What was typed leaves the box when its answer begins, and comes back when something goes wrong; a question taken
    from the list leaves the box alone until then.
    """
    if step.asked:
        pending = gr.Chatbot(messages.render_pending(step.answers, step.asked, step.so_far), visible=True)
        return {parts.chat: pending} if step.so_far else {parts.chat: pending} | _begin(parts, step.asked, prompted)
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


def _begin(parts: Parts, asked: str, prompted: bool) -> Updates:
    """Return what changes once, when a question has been accepted."""
    updates: Updates = {
        parts.asked: asked,
        parts.problem: _problem(""),
        parts.prompts: gr.Dataset(visible=False),
        parts.send: gr.Button(SENDING, interactive=False),
    }
    return updates if prompted else updates | {parts.box: ""}
