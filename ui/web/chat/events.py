"""What happens on the chat page: a visit, a choice of town, a question, a stop, a failure, a second thought, a fresh start."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from time import monotonic
from typing import Any

import gradio as gr

from assistant.answer import Answer
from ui.api.answers import keep
from ui.web.alert import BROKE_OFF, alert, alert_at_once
from ui.web.chat.arrival import answers_of, read_arrival, town_of
from ui.web.chat.conversation import UNAVAILABLE, ask
from ui.web.chat.parts import EVERY_TOWN, Parts
from ui.web.chat.show import Screen, Updates, plain_view
from ui.web.quiet_events import QUIET
from ui.web.site import Site
from ui.web.towns import town_choices

NO_SUCH_TOWN = "「{}」の計画は、まだ収録していません。調べる町をお選びください。"
PACE = 0.1
"""Seconds from one showing of a growing answer to the next; each costs the browser a message and a drawing."""

LOST = "保存期間が過ぎた回答は、表示していません。"


def wire(page: gr.Blocks, parts: Parts, site: Site) -> None:
    """Connect the events."""
    screen = Screen(parts, site)

    def visit(brought: str | None) -> Updates:
        return _visit(screen, brought or "")

    def town(code: str | None, answers: tuple[Answer, ...]) -> Updates:
        return {} if answers else {parts.prompts: screen.examples(code or "")}

    def restart(code: str | None) -> Updates:
        blank = screen.conversation(()) | {parts.box: "", parts.plain: plain_view((), easy=False)}
        return blank | {parts.prompts: screen.examples(code or "")}

    def edit(answers: tuple[Answer, ...], editing: bool) -> Updates:
        return screen.editing(answers, begin=not editing)

    shown = [getattr(parts, field.name) for field in fields(parts) if field.name not in ("town", "arrival")]
    opened = page.load(visit, parts.arrival, [parts.town, *shown], js="() => window.machiplan.arrive()", **QUIET)
    opened.failure(None, None, parts.problem, js=alert_at_once(BROKE_OFF), **QUIET)
    parts.town.input(town, [parts.town, parts.answers], parts.prompts, **QUIET)
    parts.town.input(None, parts.town, None, js="(town) => window.machiplan.chooseTown(town)", **QUIET)
    parts.easy.input(plain_view, [parts.answers, parts.easy], parts.plain, **QUIET)
    parts.easy.change(None, parts.easy, None, js="(easy) => window.machiplan.chooseEasy(easy)", **QUIET)
    parts.edit.click(edit, [parts.answers, parts.editing], shown, **QUIET)
    parts.edit.click(None, None, None, js="() => window.machiplan.toBox()", **QUIET)
    parts.restart.click(restart, parts.town, shown, **QUIET)
    _wire_asking(screen, shown)


def _wire_asking(screen: Screen, shown: list[Any]) -> None:
    """Connect asking: every way of it is one event, so a second question cannot start during the first."""
    parts = screen.parts

    def answer(
        typed: str | None, town: str, easy: bool, answers: tuple[Answer, ...], editing: bool, event: gr.EventData
    ) -> Iterator[Updates]:
        prompted = isinstance(event.target, gr.Dataset)
        question = str(event.value[0]) if prompted else typed or ""
        before = answers[:-1] if editing and not prompted else answers
        drawn = monotonic()
        for step in ask(screen.site.assistant, question, town or "", before):
            if step.so_far and monotonic() - drawn < PACE:
                continue
            drawn = monotonic()
            if step.problem:
                step = replace(step, answers=answers)
            elif not step.asked:
                keep(step.answers[-1], screen.site.store, municipalities=[town] if town else [])
            yield screen.step(step, question=question, prompted=prompted) | screen.plain(step, easy)

    def break_off(typed: str | None, asked: str, answers: tuple[Answer, ...]) -> Updates:
        return screen.held(answers, question=typed or asked, problem=BROKE_OFF)

    def stop(typed: str | None, asked: str, answers: tuple[Answer, ...]) -> Updates:
        return screen.held(answers, question=typed or asked)

    asking = gr.on(
        [parts.send.click, parts.box.submit, parts.prompts.select],
        answer,
        [parts.box, parts.town, parts.easy, parts.answers, parts.editing],
        shown,
        trigger_mode="once",
        **QUIET,
    )
    said = [parts.box, parts.asked, parts.answers]
    asking.failure(None, None, parts.problem, js=alert_at_once(BROKE_OFF), **QUIET)
    asking.failure(break_off, said, shown, **QUIET)
    parts.stop.click(stop, said, shown, cancels=[asking], **QUIET)


def _visit(screen: Screen, brought: str) -> Updates:
    """Return what a visit shows: the towns of the index, and what the browser brought or examples.

    Where it brought nothing, nothing else is touched: whoever is quick has a question on its way by now.
    """
    parts, arrival, plans = screen.parts, read_arrival(brought), screen.plans()
    if not plans:
        return {parts.problem: alert(UNAVAILABLE)}
    choices = [(EVERY_TOWN, ""), *town_choices(plans)]
    town = town_of(arrival, plans)
    answers = answers_of(arrival, screen.site.store)
    updates: Updates = {parts.town: gr.Dropdown(choices=choices, value=town)}
    if arrival.answer_ids:
        updates |= screen.conversation(answers) | {parts.plain: plain_view(answers, arrival.easy)}
    if arrival.easy:
        updates[parts.easy] = True
    if arrival.text:  # whoever types before this visit is answered for keeps what is typed
        updates[parts.box] = arrival.text
    if arrival.wanted and not town:
        updates[parts.problem] = alert(NO_SUCH_TOWN.format(arrival.wanted))
    elif len(answers) < len(arrival.answer_ids):
        updates[parts.problem] = alert(LOST)
    return updates if answers else updates | {parts.prompts: screen.examples(town)}
