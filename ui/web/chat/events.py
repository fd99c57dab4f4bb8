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
from ui.web.chat.counted import counted
from ui.web.chat.parts import EVERY_TOWN, Parts
from ui.web.chat.show import STOP_EDITING, Screen, Updates, plain_view
from ui.web.quiet_events import QUIET
from ui.web.site import Site
from ui.web.towns import FEW, town_choices

NO_SUCH_TOWN = "「{}」の計画は、まだ収録していません。調べる市町村をお選びください。"
PACE = 0.1
"""Seconds from one showing of a growing answer to the next; each costs the browser a message and a drawing."""

LOST = "保存期間が過ぎた回答は、表示していません。"
NEVER_KEPT = "サーバーとの接続が切れたため、前の回答は表示できなくなりました。"

Answers = tuple[Answer, ...]


def wire(page: gr.Blocks, parts: Parts, site: Site) -> None:
    """Connect the events."""
    screen = Screen(parts, site)

    def visit(brought: str | None, answers: Answers) -> Updates:
        return _visit(screen, brought or "", answers)

    def town(brought: str | None, code: str | None, answers: Answers) -> Updates:
        return {} if _known(screen, brought, answers) else {parts.prompts: screen.examples(code or "")}

    def easy(brought: str | None, wanted: bool, answers: Answers) -> gr.HTML:
        return plain_view(_known(screen, brought, answers), wanted)

    def restart(code: str | None) -> Updates:
        blank = screen.conversation(()) | {parts.box: "", parts.plain: plain_view((), easy=False)}
        return blank | {parts.prompts: screen.examples(code or "")}

    def edit(brought: str | None, button: str, answers: Answers) -> Updates:
        return screen.editing(_known(screen, brought, answers), begin=button != STOP_EDITING)

    shown = [getattr(parts, field.name) for field in fields(parts) if field.name not in ("town", "brought")]
    arrive = "() => [window.machiplan.arrive(), null]"
    opened = page.load(visit, [parts.brought, parts.answers], [parts.town, *shown], js=arrive, **QUIET)
    opened.failure(None, None, parts.problem, js=alert_at_once(BROKE_OFF), **QUIET)
    parts.town.input(town, [parts.brought, parts.town, parts.answers], parts.prompts, js=_holding(3), **QUIET)
    parts.town.input(None, parts.town, None, js="(town) => window.machiplan.chooseTown(town)", **QUIET)
    parts.easy.input(easy, [parts.brought, parts.easy, parts.answers], parts.plain, js=_holding(3), **QUIET)
    parts.easy.change(None, parts.easy, None, js="(easy) => window.machiplan.chooseEasy(easy)", **QUIET)
    parts.edit.click(edit, [parts.brought, parts.edit, parts.answers], shown, js=_holding(3), **QUIET)
    parts.edit.click(None, None, None, js="() => window.machiplan.toBox()", **QUIET)
    parts.restart.click(restart, parts.town, shown, **QUIET)
    _wire_asking(screen, shown)


def _wire_asking(screen: Screen, shown: list[Any]) -> None:
    """Connect asking: every way of it is one event, so a second question cannot start during the first."""
    parts = screen.parts

    def answer(
        brought: str | None, typed: str | None, town: str, easy: bool, edit: str, answers: Answers, event: gr.EventData
    ) -> Iterator[Updates]:
        prompted = isinstance(event.target, gr.Dataset)
        question = str(event.value[0]) if prompted else typed or ""
        known = _known(screen, brought, answers)
        before = known[:-1] if edit == STOP_EDITING and not prompted else known
        drawn = monotonic()
        turn = screen.site.admission.turn_of_thread
        steps = ask(screen.site.assistant, question, town or "", before, turn=turn)
        for step in counted(steps, screen.site.questions):
            if step.so_far and monotonic() - drawn < PACE:
                continue
            drawn = monotonic()
            if step.problem:
                step = replace(step, answers=known)
            elif not step.asked:
                *earlier, last = step.answers
                kept = keep(last, screen.site.store, municipalities=[town] if town else [])
                step = replace(step, answers=(*earlier, kept))
            updates = screen.step(step, question=question, prompted=prompted) | screen.plain(step, easy)
            missed = {} if step.asked or step.problem else _missed(screen, brought, known)
            yield updates | missed

    def break_off(brought: str | None, typed: str | None, answers: Answers) -> Updates:
        return hold(brought, typed, answers, problem=BROKE_OFF)

    def hold(brought: str | None, typed: str | None, answers: Answers, problem: str = "") -> Updates:
        known, asked = _known(screen, brought, answers), read_arrival(brought or "").text
        return {parts.answers: known} | screen.held(known, question=typed or asked, problem=problem)

    asking = gr.on(
        [parts.send.click, parts.box.submit, parts.prompts.select],
        answer,
        [parts.brought, parts.box, parts.town, parts.easy, parts.edit, parts.answers],
        shown,
        js=_holding(6),
        trigger_mode="once",
        **QUIET,
    )
    said = [parts.brought, parts.box, parts.answers]
    asking.failure(None, None, parts.problem, js=alert_at_once(BROKE_OFF), **QUIET)
    asking.failure(break_off, said, shown, js=_holding(3), **QUIET)
    parts.stop.click(hold, said, shown, js=_holding(3), cancels=[asking], **QUIET)


def _holding(count: int) -> str:
    """Return a script that sends ``count`` values, the first of them what the page holds (static/20-chat.js)."""
    return f"(...sent) => [window.machiplan.hold(), ...sent.slice(1, {count})]"


def _known(screen: Screen, brought: str | None, answers: Answers) -> Answers:
    """Return the conversation's answers: the session's, or where a restart lost it, the kept ones that the page shows."""
    return answers or answers_of(read_arrival(brought or ""), screen.site.store)


def _missed(screen: Screen, brought: str | None, known: Answers) -> Updates:
    """Return a sentence for answers that the page showed and that cannot be brought back."""
    if len(known) >= len(read_arrival(brought or "").answer_ids):
        return {}
    return {screen.parts.problem: alert(LOST if screen.site.store.days else NEVER_KEPT)}


def _visit(screen: Screen, brought: str, given: Answers) -> Updates:
    """Return what a visit shows: the towns of the index, and what the browser brought or examples.

    Where there is nothing, nothing else is touched: whoever is quick has a question on its way by now, or an answer
    ``given``, which goes before what the browser brought.
    """
    parts, arrival, plans = screen.parts, read_arrival(brought), screen.plans()
    if not plans:
        return {parts.problem: alert(UNAVAILABLE)}
    choices = [(EVERY_TOWN, ""), *town_choices(plans)]
    town = town_of(arrival, plans)
    answers = given or answers_of(arrival, screen.site.store)
    updates: Updates = {parts.town: gr.Dropdown(choices=choices, value=town, filterable=len(choices) > FEW)}
    if answers or arrival.answer_ids:
        updates |= screen.conversation(answers) | {parts.plain: plain_view(answers, arrival.easy)}
    if arrival.easy:
        updates[parts.easy] = True
    if arrival.text:  # whoever types before this visit is answered for keeps what is typed
        updates[parts.box] = arrival.text
    if arrival.wanted and not town:
        updates[parts.problem] = alert(NO_SUCH_TOWN.format(arrival.wanted))
    else:
        updates |= _missed(screen, brought, answers)
    return updates if answers else updates | {parts.prompts: screen.examples(town)}
