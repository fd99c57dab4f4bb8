"""The chat page's components and events."""

from __future__ import annotations

import gradio as gr

from ui.web.chat.events import wire
from ui.web.chat.parts import place_parts
from ui.web.site import Site


def place_page(page: gr.Blocks, site: Site) -> None:
    """Place the chat in ``page`` and connect its events."""
    wire(page, place_parts(kept_notice(site.store.days)), site)


def kept_notice(days: int) -> str:
    """Return one sentence on how long what is asked is kept.

    >>> kept_notice(30)
    'ご質問と回答は、このサーバーに30日間保存します（「この回答へのリンク」の画面で消せます）。お名前などの個人情報は書かないでください。'
    """
    if days == 0:
        return "ご質問と回答は保存しません。画面を読み込み直すと、会話は消えます。"
    return (
        f"ご質問と回答は、このサーバーに{days}日間保存します（「この回答へのリンク」の画面で消せます）。"
        "お名前などの個人情報は書かないでください。"
    )
