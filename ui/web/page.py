"""The chat page: Gradio mounted on the web application."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import gradio as gr
from fastapi import FastAPI
from starlette.middleware import Middleware

from ui.web.events import wire
from ui.web.parts import TITLE, WHAT_IT_IS, place_parts
from ui.web.shell import PageShell
from ui.web.theme import PAGE_CSS, build_theme, tokens_css

if TYPE_CHECKING:
    from assistant.assistant import Assistant

    OpenAssistant = Callable[[], Assistant]

AT_ONCE = 8
"""Questions answered at the same time; more wait their turn."""


def build_page(assistant: OpenAssistant) -> gr.Blocks:
    """Return the chat page over the assistant that ``assistant()`` gives at each visit and each question."""
    page = gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True)
    with page:
        parts = place_parts()
        wire(page, parts, assistant)
    page.queue(default_concurrency_limit=AT_ONCE)
    return page


def mount_page(app: FastAPI, assistant: OpenAssistant) -> FastAPI:
    """Return ``app`` with the chat page at "/". Routes that ``app`` already has come first."""
    shell = Middleware(PageShell, style=tokens_css(), description=WHAT_IT_IS)
    mounted: FastAPI = gr.mount_gradio_app(
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
    return mounted
