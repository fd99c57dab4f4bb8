"""The events of the comparison: a visit, a topic typed or pressed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.answer import UnknownMunicipalityError
from ui.admission import BusyError
from ui.comparison.ask import MOST, read_asked
from ui.comparison.compare import compare
from ui.comparison.topics import suggested_topics
from ui.open import CANNOT_OPEN, japan_time
from ui.question import QuestionRefusedError
from ui.web.alert import BROKE_OFF, alert, alert_at_once
from ui.web.chat.answer_html import REASONS
from ui.web.compare.parts import COMPARE_THEM, Parts
from ui.web.compare.state import Wanted, read_wanted
from ui.web.compare.table import render_comparison, summary
from ui.web.inert import inert
from ui.web.quiet_events import QUIET
from ui.web.towns import FEW, known_codes, town_choices

if TYPE_CHECKING:
    from ui.web.site import Site

UNAVAILABLE = "ただいま比べられません。しばらくしてから、もう一度お試しください。"
COMPARING = "計画を調べています…"
BUSY = "比較中…"

Updates = dict[Any, Any]


def wire(page: gr.Blocks, parts: Parts, site: Site) -> None:
    """Connect the events. What is typed or chosen stays as it is, whatever happens."""

    def visit(request: gr.Request) -> Updates:
        return _visit(parts, site, read_wanted(request.query_params.multi_items()))

    def suggest() -> Updates:
        return _suggest(parts, site)

    def compared(towns: list[str] | None, of_many: list[str] | None, topic: str | None) -> Iterator[Updates]:
        yield {
            parts.compare: gr.Button(BUSY, interactive=False),
            parts.compared: COMPARING,
            parts.problem: alert(""),
        }
        yield _show(parts, site, Wanted((*(towns or ()), *(of_many or ())), topic or ""))

    def pressed(towns: list[str] | None, of_many: list[str] | None, event: gr.EventData) -> Iterator[Updates]:
        topic = str(event.value[0])
        first, second = compared(towns, of_many, topic)
        yield first | {parts.topic: topic}
        yield second

    def break_off() -> Updates:
        return {
            parts.problem: alert(BROKE_OFF),
            parts.compare: _ready(),
            parts.status: _said(""),
            parts.compared: "",
        }

    results = [parts.problem, parts.status, parts.compared, parts.compare]
    chosen = [parts.towns, parts.of_many]
    opened = page.load(visit, None, [*chosen, parts.topic, *results], **QUIET)
    opened.then(suggest, None, [parts.suggested], **QUIET)
    asked = [
        gr.on([parts.compare.click, parts.topic.submit], compared, [*chosen, parts.topic], results, **QUIET),
        parts.suggested.select(pressed, chosen, [parts.topic, *results], **QUIET),
    ]
    for event in (opened, *asked):
        event.failure(None, None, parts.problem, js=alert_at_once(BROKE_OFF), **QUIET)
        event.failure(break_off, None, results, **QUIET)


def _visit(parts: Parts, site: Site, wanted: Wanted) -> Updates:
    """Return what a visit shows: the towns, those chosen that the address names, and its comparison where it asks for one."""
    try:
        plans = site.assistant().index.plans
    except CANNOT_OPEN:
        return {parts.problem: alert(UNAVAILABLE), parts.status: _said("")}
    choices = town_choices(plans)
    chosen = known_codes(wanted.towns, plans)
    if not wanted.towns and len(choices) <= MOST:
        chosen = tuple(code for _, code in choices)
    shown: Updates = _towns(parts, choices, chosen) | {parts.topic: wanted.topic}
    if not wanted.topic.strip():
        return shown
    return shown | _show(parts, site, Wanted(wanted.towns or chosen, wanted.topic))


def _towns(parts: Parts, choices: list[tuple[str, str]], chosen: Sequence[str]) -> Updates:
    """Return the towns to choose among, in the component that suits their number."""
    if len(choices) <= FEW:
        return {parts.towns: gr.CheckboxGroup(choices=choices, value=list(chosen))}
    return {
        parts.towns: gr.CheckboxGroup(visible=False),
        parts.of_many: gr.Dropdown(choices=choices, value=list(chosen), visible=True),
    }


def _suggest(parts: Parts, site: Site) -> Updates:
    try:
        topics = suggested_topics(site.assistant())
    except CANNOT_OPEN:
        topics = ()
    return {parts.suggested: gr.Dataset(samples=[[topic] for topic in topics], visible=bool(topics))}


def _show(parts: Parts, site: Site, wanted: Wanted) -> Updates:
    """Return the updates that show the comparison, or what to do where there cannot be one."""
    ready: Updates = {parts.compare: _ready(), parts.status: _said(""), parts.compared: ""}
    try:
        assistant = site.assistant()
        asked = read_asked(wanted.topic, wanted.towns, assistant.index.plans)
        with site.admission.turn_of_thread():
            found = compare(assistant, asked)
    except CANNOT_OPEN:
        return ready | {parts.problem: alert(UNAVAILABLE)}
    except (BusyError, QuestionRefusedError, UnknownMunicipalityError) as error:
        return ready | {parts.problem: alert(str(error))}
    if found.refusal is not None:
        return ready | {
            parts.problem: alert(f"{REASONS[found.refusal]}。計画に書かれていそうなことがらでお試しください。")
        }
    table = render_comparison(found, wanted.topic.strip(), assistant.index, japan_time().date())
    return ready | {parts.problem: alert(""), parts.status: _said(summary(found)), parts.compared: table}


def _said(text: str) -> str:
    """Return the line that stays on the page, so that a screen reader says each of its changes once."""
    return f'<p role="status">{inert(text)}</p>'


def _ready() -> gr.Button:
    return gr.Button(COMPARE_THEM, interactive=True)
