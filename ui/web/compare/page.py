"""The page's components and events."""

from __future__ import annotations

import gradio as gr

from ui.web.compare.events import wire
from ui.web.compare.parts import place_parts
from ui.web.site import Site


def place_page(page: gr.Blocks, site: Site) -> None:
    """Place the components of this page in ``page`` (the current route) and connect their events."""
    wire(page, place_parts(), site)
