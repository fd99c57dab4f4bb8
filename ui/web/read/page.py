"""The page's components and events."""

from __future__ import annotations

from typing import TYPE_CHECKING

import gradio as gr

from ui.open import CANNOT_OPEN, japan_time
from ui.web.chat.conversation import UNAVAILABLE
from ui.web.header import READ, place_header
from ui.web.inert import inert
from ui.web.quiet_events import QUIET
from ui.web.read.plan_list import render_plans
from ui.web.read.plan_page import render_plan_page
from ui.web.read.wanted import NotThereError, read_wanted
from ui.web.site import Site

if TYPE_CHECKING:
    from ui.web.site import OpenAssistant

LOADING = '<p class="read-empty">計画を読み込んでいます…</p>'


def place_page(page: gr.Blocks, site: Site) -> None:
    """Place the components of this page in ``page`` (the current route) and connect their events."""
    place_header(READ)
    with gr.Column(elem_id="layout"):
        shown = gr.HTML(LOADING, elem_id="read", apply_default_css=False)

    def visit(request: gr.Request) -> str:
        return render_visit(site.assistant, dict(request.query_params))

    page.load(visit, None, shown, **QUIET)


def render_visit(open_assistant: OpenAssistant, query: dict[str, str]) -> str:
    """Return what a visit with the address's ``query`` sees: a plan, or the list of them."""
    today = japan_time().date()
    try:
        index = open_assistant().index
        try:
            wanted = read_wanted(index, query)
        except NotThereError as error:
            return render_plans(index, today, str(error))
        return render_plan_page(index, wanted, today) if wanted else render_plans(index, today)
    except CANNOT_OPEN:
        return f'<p class="read-problem" role="alert">{inert(UNAVAILABLE)}</p>'
