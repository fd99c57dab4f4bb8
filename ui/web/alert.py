"""What went wrong, shown beside the controls that it is about and said at once."""

from __future__ import annotations

import gradio as gr

from ui.web.inert import steady

BROKE_OFF = "申し訳ありません。途中で問題が起きました。しばらくしてから、もう一度お試しください。"


def alert(text: str) -> gr.HTML:
    """Return what went wrong, or nothing for ""."""
    return gr.HTML(f'<p role="alert">{steady(text)}</p>' if text else "", visible=bool(text))
