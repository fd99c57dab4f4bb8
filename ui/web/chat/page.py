"""The chat page's components and events."""

from __future__ import annotations

import gradio as gr

from ui.web.chat.events import wire
from ui.web.chat.parts import place_parts
from ui.web.site import Site


def place_page(page: gr.Blocks, site: Site) -> None:
    """Place the chat in ``page`` and connect its events."""
    wire(page, place_parts(), site.assistant)
