"""The components of the chat page and where they stand. Stock Gradio, but for the citations."""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr

from ui.web.chat import citations
from ui.web.header import CHAT, place_header

EVERY_TOWN = "すべての町"
EXAMPLES = "質問の例（押すと質問できます）"
SOURCES = "根拠（計画の原文）"
SEND = "質問する"
EASY = "やさしい日本語でも読む"


@dataclass(frozen=True, slots=True)
class Parts:
    """The page's components, by what they are for."""

    town: gr.Dropdown
    easy: gr.Checkbox
    chat: gr.Chatbot
    beside: gr.Column
    plain: gr.HTML
    sources: gr.HTML
    prompts: gr.Dataset
    problem: gr.HTML
    box: gr.Textbox
    send: gr.Button
    restart: gr.Button
    answers: gr.State
    asked: gr.State


def place_parts() -> Parts:
    place_header(CHAT)
    with gr.Column(elem_id="layout"):
        with gr.Column(elem_id="town-area"):
            town = gr.Dropdown([(EVERY_TOWN, "")], value="", label="調べる町", elem_id="town", filterable=False)
            easy = gr.Checkbox(label=EASY, elem_id="easy-switch", container=False)
        with gr.Column(elem_id="chat-area"):
            chat = gr.Chatbot(
                label="質問と回答",
                show_label=False,
                elem_id="chat",
                height="auto",
                autoscroll=False,
                buttons=[],
                latex_delimiters=[],
                sanitize_html=True,
                allow_tags=False,
                visible=False,
            )
        with gr.Column(elem_id="sources-area", visible=False) as beside:
            plain = gr.HTML("", elem_id="easy", apply_default_css=False, visible=False)
            gr.Markdown(f"## {SOURCES}", elem_id="sources-title")
            sources = gr.HTML(citations.render_sources(()), elem_id="sources", apply_default_css=False)
        with gr.Column(elem_id="prompts-area"):
            prompts = gr.Dataset(components=["textbox"], samples=[], label=EXAMPLES, elem_id="prompts", visible=False)
            restart = gr.Button("最初からやり直す", elem_id="restart", visible=False)
        with gr.Column(elem_id="ask-area"):
            problem = gr.HTML("", elem_id="problem", visible=False)
            with gr.Row(elem_id="ask-row"):
                box = gr.Textbox(
                    label="質問", placeholder="ここに質問を入力", elem_id="question", lines=1, max_lines=6, scale=1
                )
                send = gr.Button(SEND, variant="primary", elem_id="send", scale=0)
    answers, asked = gr.State(()), gr.State("")
    return Parts(town, easy, chat, beside, plain, sources, prompts, problem, box, send, restart, answers, asked)
