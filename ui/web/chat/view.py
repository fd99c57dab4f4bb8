"""``GET /view``: a plan at quoted words, as a piece of HTML that a page shows beside its answer."""

from __future__ import annotations

from datetime import date

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from index.index import Index
from ingest.document import Plan
from ui.open import CANNOT_OPEN, japan_time
from ui.web.expired import expired_mark
from ui.web.inert import inert, steady
from ui.web.plan_view.link import quote_link
from ui.web.plan_view.reading import open_reading
from ui.web.plan_view.render import render_plan
from ui.web.site import Site

ALONE = {"Cache-Control": "no-store", "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'"}
"""Opened by itself the piece is text and nothing else."""


def view_route(site: Site) -> Route:
    """Return the route; it answers 404 for a plan or a place that is not there, and 503 while there is no index."""

    def view(request: Request) -> Response:
        plan_id, start, end = (request.query_params.get(name, "") for name in ("plan", "start", "end"))
        try:
            index = site.assistant().index
        except CANNOT_OPEN:
            return PlainTextResponse("Service Unavailable", status_code=503)
        plan = next((plan for plan in index.plans if plan.plan_id == plan_id), None)
        if plan is None or not _is_place(start, end, index.characters(plan_id)):
            return PlainTextResponse("Not Found", status_code=404)
        shown = render_view(index, plan, int(start), int(end), today=japan_time().date())
        return HTMLResponse(shown, headers=ALONE)

    return Route("/view", view, include_in_schema=False)


def _is_place(start: str, end: str, length: int) -> bool:
    """Return whether two texts are the places of a span that is not empty.

    >>> _is_place("3", "5", 10), _is_place("5", "3", 10), _is_place("3", "11", 10), _is_place("３", "5", 10)
    (True, False, False, False)
    """
    numbers = all(place.isascii() and place.isdecimal() and len(place) < 10 for place in (start, end))
    return numbers and 0 <= int(start) < int(end) <= length


def render_view(index: Index, plan: Plan, start: int, end: int, *, today: date) -> str:
    """Return where the quote ``[start, end)`` stands, what can be done with it, and the plan with it highlighted."""
    reading, quote = open_reading(index, plan.plan_id), index.text(plan.plan_id)[start:end]
    page = index.page(plan.plan_id, start)
    path = " › ".join(reading.heading_path(start))
    place = f"{path}　{page}ページ" if page is not None else path
    copied = f"「{quote}」\n（{plan.municipality}「{plan.title}」 {place}".rstrip() + "）"
    return (
        f'<div class="viewer-quote" data-quote="{inert(quote)}">'
        f'<p class="source-head"><span class="source-town">{steady(plan.municipality)}</span>'
        f"{expired_mark(plan.expired(today))}</p>"
        f'<p class="source-title">{steady(plan.title)}</p><p class="viewer-place">{steady(place)}</p>'
        f'<div class="viewer-actions"><button type="button" data-do="copy-quote" data-text="{inert(copied)}">'
        f'引用をコピー</button><a href="{inert(quote_link(plan.plan_id, start, end))}">計画全体で読む</a>'
        f'<p role="status"></p></div></div>'
        f'<div class="viewer-text plan">{render_plan(reading, [(start, end)])}</div>'
    )
