"""What went wrong, shown beside the controls that it is about and said at once."""

from __future__ import annotations

import json

import gradio as gr

from ui.web.inert import steady

BROKE_OFF = "申し訳ありません。混み合っているか、途中で問題が起きました。しばらくしてから、もう一度お試しください。"


def alert(text: str) -> gr.HTML:
    """Return what went wrong, or nothing for ""."""
    return gr.HTML(_shown(text), visible=bool(text))


def alert_at_once(text: str) -> str:
    """Return a script for an event that shows what went wrong without asking the server, which may be too busy to say it."""
    return f"() => [{json.dumps({'__type__': 'update', 'value': _shown(text), 'visible': True})}]"


def _shown(text: str) -> str:
    return f'<p role="alert">{steady(text)}</p>' if text else ""
