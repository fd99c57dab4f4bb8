"""The components of the register and where they stand. The filters are stock Gradio; the table is HTML."""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr

from ui.web.header import REGISTER, place_header
from ui.web.register.state import View

LOADING = '<p class="note">取組を読み込んでいます…</p>'

# A press on one of the table's own buttons becomes an event that says which; anything else in it stays the browser's.
_PRESSED = """
element.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-sort], button[data-more]');
  if (button) trigger('click', { sort: button.dataset.sort || '', more: button.dataset.more || '' });
});
"""


@dataclass(frozen=True, slots=True)
class Parts:
    """The page's components, by what they are for."""

    words: gr.Textbox
    town: gr.Dropdown
    theme: gr.Dropdown
    year: gr.Dropdown
    unit: gr.Dropdown
    search: gr.Button
    clear: gr.Button
    problem: gr.HTML
    count: gr.HTML
    table: gr.HTML
    view: gr.State


def place_parts() -> Parts:
    place_header(REGISTER)
    with gr.Column(elem_id="layout"):
        with gr.Column(elem_id="register-filters"):
            words = gr.Textbox(
                label="ことばで探す", placeholder="例：オンライン申請", max_lines=1, elem_id="filter-words"
            )
            town = _filter("市町村", "filter-town")
            theme = _filter("テーマ", "filter-theme")
            year = _filter("年度（工程のある年度）", "filter-year")
            unit = _filter("担当課", "filter-unit")
            search = gr.Button("探す", variant="primary", elem_id="register-search")
            clear = gr.Button("条件を消す", elem_id="register-clear")
        problem = gr.HTML("", elem_id="problem", visible=False)
        count = gr.HTML(LOADING, elem_id="register-count", apply_default_css=False)
        table = gr.HTML("", elem_id="register", apply_default_css=False, js_on_load=_PRESSED)
    return Parts(words, town, theme, year, unit, search, clear, problem, count, table, gr.State(View()))


def _filter(label: str, elem_id: str) -> gr.Dropdown:
    return gr.Dropdown([("すべて", "")], value="", label=label, elem_id=elem_id, filterable=False)
