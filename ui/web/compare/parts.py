"""The components of the comparison and where they stand. Stock Gradio, but for the table."""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr

from ui.comparison.ask import FEWEST, MOST
from ui.web.header import COMPARE, place_header

TOWNS = f"比べる市町村（{FEWEST}つから{MOST}つ）"
BY_TYPING = "市町村の名前を入れると、候補が出ます。"
TOPIC = "比べたいことがら、またはご質問"
COMPARE_THEM = "比べる"
SUGGESTED = "多くの市町村の計画に書かれていることがら（押すと比べられます）"
NOTHING_YET = '<p role="status">市町村とことがらを選ぶと、それぞれの計画の記載が、原文の引用とともに表になります。</p>'


@dataclass(frozen=True, slots=True)
class Parts:
    """The page's components, by what they are for. Towns are chosen in ``towns``, or in ``of_many`` where they are more than a few."""

    towns: gr.CheckboxGroup
    of_many: gr.Dropdown
    topic: gr.Textbox
    compare: gr.Button
    suggested: gr.Dataset
    problem: gr.HTML
    status: gr.HTML
    compared: gr.HTML


def place_parts() -> Parts:
    place_header(COMPARE)
    with gr.Column(elem_id="layout"):
        with gr.Column(elem_id="compare-asks"):
            towns = gr.CheckboxGroup([], label=TOWNS, elem_id="compare-towns")
            of_many = gr.Dropdown(
                [],
                label=TOWNS,
                info=BY_TYPING,
                elem_id="compare-of-many",
                multiselect=True,
                max_choices=MOST,
                visible=False,
            )
            with gr.Row(elem_id="compare-row"):
                topic = gr.Textbox(
                    label=TOPIC, placeholder="例：オンライン手続", max_lines=1, elem_id="compare-topic", scale=1
                )
                compare = gr.Button(COMPARE_THEM, variant="primary", elem_id="compare-send", scale=0)
            problem = gr.HTML("", elem_id="problem", visible=False)
            suggested = gr.Dataset(
                components=["textbox"], samples=[], label=SUGGESTED, elem_id="prompts", visible=False
            )
        status = gr.HTML(NOTHING_YET, elem_id="compare-status", apply_default_css=False)
        compared = gr.HTML("", elem_id="compared", apply_default_css=False)
    return Parts(towns, of_many, topic, compare, suggested, problem, status, compared)
