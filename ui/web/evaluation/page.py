"""The evaluation page: everything that can be read is drawn on the server when the page is opened, by its address."""

from __future__ import annotations

import gradio as gr
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from evals.compare import NothingSharedError
from evals.store import RunUnreadableError
from ui.evaluations.sets import known_sets
from ui.open import CANNOT_OPEN
from ui.web.chat.view import ALONE
from ui.web.evaluation.address import Wanted, read_address
from ui.web.evaluation.comparison_view import render_comparison
from ui.web.evaluation.failures_view import render_failures
from ui.web.evaluation.forms import render_forms
from ui.web.evaluation.list_view import label_of, render_chooser, render_list
from ui.web.evaluation.readers import MaySee, administrators, everybody
from ui.web.evaluation.run_view import render_run
from ui.web.evaluation.runs import MOST_RUNS, Entry, comparison_of, entries, headline, report_of
from ui.web.evaluation.table import shown
from ui.web.header import EVALUATION, place_header
from ui.web.quiet_events import QUIET
from ui.web.site import Site

LOADING = '<div class="office"><p role="status">記録を読んでいます…</p></div>'
UNKNOWN = "その名前の評価の記録はありません。下の一覧からお選びください。"


def place_page(page: gr.Blocks, site: Site) -> None:
    """Place the page's one component in ``page`` (the current route) and fill it at each visit."""
    place_header(EVALUATION)
    with gr.Column(elem_id="layout"):
        view = gr.HTML(LOADING, elem_id="evaluation", apply_default_css=False)

    def visit(request: gr.Request) -> str:
        return render_page(site, read_address(dict(request.query_params)))

    page.load(visit, None, view, **QUIET)


def questions_route(site: Site) -> Route:
    """Return the route of an address's runs with all their questions, as a piece of HTML; ``ui.api.admin_gate`` guards it."""

    def questions(request: Request) -> HTMLResponse:
        wanted = read_address(dict(request.query_params))
        shown = render_chosen(entries(site.settings.evals_dir), wanted, administrators)
        return HTMLResponse(shown, headers=ALONE)

    return Route("/api/admin/evaluation/questions", questions, include_in_schema=False)


def render_page(site: Site, wanted: Wanted) -> str:
    """Return everything that the page shows to everybody for an address."""
    runs = entries(site.settings.evals_dir)
    newest = [headline(entry) for entry in list(runs.values())[:MOST_RUNS]]
    try:
        plans = site.assistant().index.plans
    except CANNOT_OPEN:
        plans = ()
    sets = list(known_sets(site.settings.evals_dir))
    forms = render_forms(sets, plans, enabled=site.settings.admin_token is not None)
    more = " data-more" if _holds_more(runs, wanted) else ""
    chosen = f'<div id="eval-chosen"{more}>{render_chosen(runs, wanted, everybody)}</div>'
    return f'<div class="office">{render_chooser(newest, wanted)}{chosen}{render_list(newest)}{forms}</div>'


def render_chosen(runs: dict[str, Entry], wanted: Wanted, may_see: MaySee) -> str:
    """Return the run that an address names, before it what changed since the other; "" where it names none."""
    if not wanted.run:
        return ""
    if wanted.run not in runs or (wanted.other and wanted.other not in runs):
        return _problem(UNKNOWN)
    entry, parts = runs[wanted.run], []
    title = label_of(headline(entry))
    try:
        if wanted.other:
            parts.append(_compared(runs[wanted.other], entry, may_see))
        report = report_of(entry)
        parts += [render_run(entry.name, title, report), render_failures(entry.name, report, wanted, may_see)]
    except RunUnreadableError as error:
        parts.append(_problem(str(error)))
    return "".join(parts)


def _holds_more(runs: dict[str, Entry], wanted: Wanted) -> bool:
    """Return whether those who administer see more questions of the run than everybody."""
    info = headline(runs[wanted.run]).info if wanted.run in runs else None
    return info is not None and any(administrators(part.name) > everybody(part.name) for part in info.sets)


def _compared(first: Entry, second: Entry, may_see: MaySee) -> str:
    try:
        comparison = comparison_of(first, second)
    except NothingSharedError:
        return _problem("この2つの評価には、共通する質問がないため、比べられません。")
    return render_comparison(label_of(headline(first)), label_of(headline(second)), comparison, may_see)


def _problem(message: str) -> str:
    return f'<p class="office-problem" role="alert">{shown(message)}</p>'
