"""The events of the register: a visit, a filter, a column's button, more measures, and the address kept in step."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.answer import UnknownMunicipalityError
from assistant.scope import selected_codes
from ui.commitments.choose import Choice, Found, choose
from ui.commitments.years import read_fiscal_year
from ui.open import CANNOT_OPEN, japan_time
from ui.question import QuestionRefusedError
from ui.web.alert import BROKE_OFF, alert, alert_at_once
from ui.web.quiet_events import QUIET
from ui.web.register.choices import Choices, offer, with_value
from ui.web.register.count import render_count
from ui.web.register.parts import Parts
from ui.web.register.state import STEP, View, read_view, sorted_by
from ui.web.register.table import render_table
from ui.web.towns import FEW

if TYPE_CHECKING:
    from index.index import Index
    from ui.web.site import Site

UNAVAILABLE = "ただいま取組をご覧いただけません。しばらくしてから、もう一度お試しください。"

Updates = dict[Any, Any]


def wire(page: gr.Blocks, parts: Parts, site: Site) -> None:
    """Connect the events. What is typed or chosen stays as it is, whatever happens."""

    def visit(request: gr.Request) -> Updates:
        return _visit(parts, site, read_view(dict(request.query_params)))

    def filtered(words: str, town: str, theme: str, year: str, unit: str, kept: View) -> Updates:
        return _show(parts, site, View(_choice(words, town, theme, year, unit, kept.choice.sort)))

    def chosen(words: str, town: str, theme: str, year: str, unit: str, kept: View) -> Updates:
        # A Dropdown tells of a choice twice, and again when it is left; a late repetition would undo a press meanwhile.
        choice = _choice(words, town, theme, year, unit, kept.choice.sort)
        return {} if choice == kept.choice else _show(parts, site, View(choice))

    def pressed(words: str, town: str, theme: str, year: str, unit: str, kept: View, event: gr.EventData) -> Updates:
        sort = sorted_by(kept.choice.sort, str(event.sort)) if event.sort else kept.choice.sort
        choice = _choice(words, town, theme, year, unit, sort)
        return _show(parts, site, View(choice, kept.shown + STEP if event.more else STEP))

    def cleared(kept: View) -> Updates:
        blank: Updates = dict.fromkeys((parts.words, parts.town, parts.theme, parts.year, parts.unit), "")
        return blank | _show(parts, site, View(Choice(sort=kept.choice.sort)))

    asked = [parts.words, parts.town, parts.theme, parts.year, parts.unit, parts.view]
    results = [parts.problem, parts.count, parts.table, parts.view]
    last: dict[str, Any] = {"trigger_mode": "always_last", **QUIET}
    filters = [part.input for part in (parts.town, parts.theme, parts.year, parts.unit)]
    events = [
        page.load(visit, None, [*asked, *results], **QUIET),
        gr.on([parts.words.submit, parts.search.click], filtered, asked, results, **last),
        gr.on(filters, chosen, asked, results, **last),
        parts.table.click(pressed, asked, results, **last),
        parts.clear.click(cleared, parts.view, [*asked, *results], **last),
    ]
    for event in events:
        event.failure(None, None, parts.problem, js=alert_at_once(BROKE_OFF), **QUIET)


def _choice(words: str, town: str, theme: str, year: str, unit: str, sort: str) -> Choice:
    """Return what the filters say; an empty box may send nothing at all."""
    return Choice((town,) if town else (), words or "", theme or "", year or "", unit or "", sort or "")


def _visit(parts: Parts, site: Site, view: View) -> Updates:
    try:
        index = site.assistant().index
    except CANNOT_OPEN:
        return {parts.problem: alert(UNAVAILABLE), parts.count: ""}
    view = View(_as_offered(index, view.choice), view.shown)
    offered = offer(index)
    return _filters(parts, offered, view.choice) | _show(parts, site, view)


def _as_offered(index: Index, choice: Choice) -> Choice:
    """Return a choice of an address in the values of the filters: a town's code for its name, 2025 for 令和7年度."""
    try:
        towns = selected_codes(choice.municipalities, index.plans)
    except UnknownMunicipalityError:
        towns = choice.municipalities
    try:
        year = str(read_fiscal_year(choice.year))
    except QuestionRefusedError:
        year = choice.year
    return replace(choice, municipalities=towns, year=year)


def _filters(parts: Parts, offered: Choices, choice: Choice) -> Updates:
    town = choice.municipalities[0] if choice.municipalities else ""
    values = (
        (parts.town, offered.town, town),
        (parts.theme, offered.theme, choice.theme),
        (parts.year, offered.year, choice.year),
        (parts.unit, offered.unit, choice.unit),
    )
    shown: Updates = {
        part: gr.Dropdown(choices=list(with_value(known, value)), value=value, filterable=len(known) > FEW)
        for part, known, value in values
    }
    return shown | {parts.words: choice.words}


def _show(parts: Parts, site: Site, view: View) -> Updates:
    """Return the updates that show what ``view`` asks for, or what to do where it cannot be looked for."""
    kept: Updates = {parts.view: view}
    try:
        index = site.assistant().index
        found = choose(index, view.choice)
    except CANNOT_OPEN:
        return kept | {parts.problem: alert(UNAVAILABLE)}
    except (QuestionRefusedError, UnknownMunicipalityError) as error:
        empty = render_count(Found(()), view, refused=True)
        return kept | {parts.problem: alert(str(error)), parts.count: empty, parts.table: ""}
    table = (
        render_table(found.records, view.choice.sort, view.shown, index, japan_time().date()) if found.records else ""
    )
    return kept | {parts.problem: alert(""), parts.count: render_count(found, view), parts.table: table}
