"""The components of the chat page and where they stand. Stock Gradio, but for the answers and their citations.

Gradio's own chatbot reads a growing answer aloud piece by piece and names each message by its Markdown source.
"""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr

from ui.web.chat import citations
from ui.web.header import CHAT, place_header

EVERY_TOWN = "すべての市町村"
EXAMPLES = "質問の例（押すと質問できます）"
SEND = "質問する"
STOP = "回答を止める"
EDIT = "質問を直して聞き直す"
EASY = "やさしい日本語でも読む"
ACTIONS = '<button type="button" data-do="save">会話を保存</button><button type="button" data-do="print">印刷</button>'


@dataclass(frozen=True, slots=True)
class Parts:
    """The page's components, by what they are for. ``brought`` is what the browser holds (``ui.web.chat.arrival``)."""

    town: gr.Dropdown
    easy: gr.Checkbox
    chat: gr.HTML
    pending: gr.HTML
    beside: gr.Column
    plain: gr.HTML
    sources: gr.HTML
    prompts: gr.Dataset
    after: gr.Row
    edit: gr.Button
    restart: gr.Button
    problem: gr.HTML
    stop: gr.Button
    box: gr.Textbox
    send: gr.Button
    answers: gr.State
    brought: gr.Textbox


def place_parts(kept_notice: str) -> Parts:
    """Place the page; ``kept_notice`` says for how long what is asked here is kept."""
    place_header(CHAT)
    with gr.Column(elem_id="layout"):
        with gr.Column(elem_id="town-area"):
            town = gr.Dropdown([(EVERY_TOWN, "")], value="", label="調べる市町村", elem_id="town", filterable=False)
            easy = gr.Checkbox(label=EASY, elem_id="easy-switch", container=False)
        with gr.Column(elem_id="chat-area"):
            chat = gr.HTML("", elem_id="chat", apply_default_css=False)
            pending = gr.HTML("", elem_id="pending", apply_default_css=False)
        with gr.Column(elem_id="sources-area", visible=False) as beside:
            plain = gr.HTML("", elem_id="easy", apply_default_css=False, visible=False)
            sources = gr.HTML(citations.render_sources(()), elem_id="sources", apply_default_css=False)
        with gr.Column(elem_id="prompts-area"):
            prompts = gr.Dataset(components=["textbox"], samples=[], label=EXAMPLES, elem_id="prompts", visible=False)
            with gr.Row(elem_id="after", visible=False) as after:
                edit = gr.Button(EDIT, elem_id="edit")
                gr.HTML(ACTIONS, elem_id="actions", apply_default_css=False)
                restart = gr.Button("最初からやり直す", elem_id="restart")
            gr.HTML(f"<p>{kept_notice}</p>", elem_id="kept", apply_default_css=False)
        with gr.Column(elem_id="ask-area"):
            problem = gr.HTML("", elem_id="problem", visible=False)
            stop = gr.Button(STOP, elem_id="stop", visible=False)
            with gr.Row(elem_id="ask-row"):
                box = gr.Textbox(
                    label="質問", placeholder="ここに質問を入力", elem_id="question", lines=1, max_lines=6, scale=1
                )
                send = gr.Button(SEND, variant="primary", elem_id="send", scale=0)
        brought = gr.Textbox(visible=False)
    answers = gr.State(())
    return Parts(
        town, easy, chat, pending, beside, plain, sources, prompts, after, edit, restart, problem, stop, box, send,
        answers, brought,
    )  # fmt: skip
