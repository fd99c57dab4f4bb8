"""The pages of the site: one Gradio app mounted on the web application, a route for each page."""

from __future__ import annotations

import warnings

import gradio as gr
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.middleware import Middleware

from ui.web.admin.page import place_page as place_admin
from ui.web.answer.page import place_page as place_answer
from ui.web.chat.page import place_page as place_chat
from ui.web.chat.view import view_route
from ui.web.compare.page import place_page as place_compare
from ui.web.compiled import compiled_script
from ui.web.evaluation.page import place_page as place_evaluation
from ui.web.evaluation.page import questions_route
from ui.web.header import (
    ADMIN,
    ANSWER,
    CHAT,
    COMPARE,
    EVALUATION,
    READ,
    REGISTER,
    TITLE,
    WHAT_IT_IS,
    place_footer,
)
from ui.web.queue_gate import QueueGate, refuse
from ui.web.read.page import place_page as place_read
from ui.web.register.page import place_page as place_register
from ui.web.shell import STATIC, PageShell
from ui.web.site import Site
from ui.web.theme import build_theme, tokens_css

AT_ONCE = 8
"""Events of one kind that run at the same time, each in a thread; those that work wait there for their turn among all faces
(``ui.admission``). More wait in Gradio's queue, without a thread; whoever comes after as many as the setting lets wait is told
so at once."""

VISITS = 2_000
"""Open pages whose conversations are held in memory, some hundred kilobytes each; the one unused for longest goes first, and what was
kept of it comes back when its page is loaded again."""

PLACES = {
    CHAT: place_chat,
    REGISTER: place_register,
    COMPARE: place_compare,
    READ: place_read,
    EVALUATION: place_evaluation,
    ADMIN: place_admin,
    ANSWER: place_answer,
}


def build_pages(site: Site) -> gr.Blocks:
    """Return all pages over one ``site``."""
    blocks = gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True)
    for page, place_page in PLACES.items():
        if page is not CHAT:
            blocks.route(page.name, page.path, show_in_navbar=False)
        with blocks:
            place_page(blocks, site)
            place_footer(page)
    blocks.queue(default_concurrency_limit=AT_ONCE, max_size=max(1, site.settings.waiting))
    blocks.state_session_capacity = VISITS
    return blocks


def mount_pages(app: FastAPI, site: Site) -> FastAPI:
    """Return ``app`` with the pages at "/" and below. Routes that ``app`` already has come before the pages."""
    app.router.routes[:0] = [view_route(site), questions_route(site)]
    paths = [page.path for page in PLACES]
    blocks = build_pages(site)
    shell = Middleware(
        PageShell, paths=paths, style=tokens_css(), compiled=compiled_script(blocks), description=WHAT_IT_IS
    )
    with warnings.catch_warnings():
        # Gradio warns that several pages cannot be rendered on the server, also where that is switched off.
        warnings.filterwarnings("ignore", message="SSR mode is not supported")
        return _mounted(app, blocks, shell)


def _mounted(app: FastAPI, blocks: gr.Blocks, shell: Middleware) -> FastAPI:
    gate = Middleware(QueueGate, events={number for number, event in blocks.fns.items() if event.fn is not None})
    mounted: FastAPI = gr.mount_gradio_app(
        app,
        blocks,
        path="/",
        theme=build_theme(),
        css_paths=sorted(STATIC.glob("*.css")),
        footer_links=[],
        run_history=False,
        show_error=False,
        max_file_size=1,
        ssr_mode=False,
        mcp_server=False,
        enable_monitoring=False,
        pwa=False,
        app_kwargs={"middleware": [shell, gate], "exception_handlers": {RequestValidationError: refuse}},
    )
    return mounted
