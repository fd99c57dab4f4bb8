"""The page's components and events."""

from __future__ import annotations

import gradio as gr

from ui.web.header import EVALUATION, place_header
from ui.web.site import Site


def place_page(page: gr.Blocks, site: Site) -> None:
    """Place the components of this page in ``page`` (the current route) and connect their events."""
    place_header(EVALUATION)
    with gr.Column(elem_id="layout"):
        pass
