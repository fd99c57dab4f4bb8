"""The page's look: every colour, type size and distance is named here once, for light and for dark."""

from __future__ import annotations

import gradio as gr

_FONT = (
    "BIZ UDPGothic",
    "Hiragino Sans",
    "Noto Sans JP",
    "Noto Sans CJK JP",
    "Yu Gothic UI",
    "Meiryo",
    "system-ui",
    "sans-serif",
)
"""Fonts that Japanese devices carry, the universal-design one first; nothing is fetched."""

_LIGHT = {
    "paper": "#f5f4ee",
    "surface": "#ffffff",
    "ink": "#1b2a29",
    "ink-soft": "#465654",
    "line": "#c5ccc4",
    "line-strong": "#6f7f7b",
    "brand": "#0f5a4f",
    "brand-strong": "#0a443b",
    "on-brand": "#ffffff",
    "brand-soft": "#e2efe9",
    "quote": "#9a5b08",
    "quote-soft": "#fcf5e6",
    "mark": "#ffe08a",
    "alert": "#9c2410",
    "alert-soft": "#fdeeea",
}

_DARK = {
    "paper": "#0f1917",
    "surface": "#182523",
    "ink": "#edf2ef",
    "ink-soft": "#b9c7c2",
    "line": "#3a4f4a",
    "line-strong": "#84988f",
    "brand": "#84d6c0",
    "brand-strong": "#a5e5d3",
    "on-brand": "#06231d",
    "brand-soft": "#1f3a34",
    "quote": "#f0c274",
    "quote-soft": "#2b2617",
    "mark": "#5a4200",
    "alert": "#ffb5a6",
    "alert-soft": "#3b1f19",
}

_TEXT = {"text": 18, "text-small": 16, "text-large": 20, "text-heading": 23, "text-title": 28, "text-ruby": 14}
"""In pixels where the device's own size of text is the usual 16; a larger one there makes all of it larger."""

_SIZES = {
    "leading": "1.75",
    "touch": "50px",
    "gap-small": "8px",
    "gap": "16px",
    "gap-wide": "24px",
    "gap-large": "32px",
    "radius": "8px",
    "ring": "3px",
    "field": "420px",
    "narrow": "820px",
    "wide": "1280px",
}


_SCALES = {"large": 1.2, "larger": 1.45}
"""How much larger than usual all text is, by the name of the switch in the head."""


def tokens_css() -> str:
    """Return the named values as CSS custom properties (``--machi-…``); dark follows the device's setting."""
    light = _declarations(_LIGHT | _SIZES | _text(1))
    larger = "".join(f":root[data-size={name}]{{{_declarations(_text(scale))}}}" for name, scale in _SCALES.items())
    return f":root{{color-scheme:light dark;{light}}}{larger}@media (prefers-color-scheme:dark){{:root{{{_declarations(_DARK)}}}}}"


def _text(scale: float) -> dict[str, str]:
    """Return the sizes of text times ``scale``, in whole pixels on a usual device.

    >>> _text(1)["text"], _text(1.2)["text"]
    ('1.125rem', '1.375rem')
    """
    return {name: f"{round(size * scale) / 16:g}rem" for name, size in _TEXT.items()}


def _declarations(values: dict[str, str]) -> str:
    return "".join(f"--machi-{name}:{value};" for name, value in values.items())


def build_theme() -> gr.themes.Base:
    """Return Gradio's theme in our names. Light and dark read the same names, so no value is written twice."""
    text = gr.themes.Size("14px", "15px", "16px", "18px", "20px", "24px", "28px", name="machi_text")
    theme = gr.themes.Base(font=_FONT, font_mono=("ui-monospace", "monospace"), text_size=text)
    names = {
        "body_background_fill": "paper",
        "body_text_color": "ink",
        "body_text_color_subdued": "ink-soft",
        "background_fill_primary": "surface",
        "background_fill_secondary": "paper",
        "block_background_fill": "surface",
        "block_border_color": "line",
        "block_info_text_color": "ink-soft",
        "block_label_background_fill": "surface",
        "block_label_text_color": "ink",
        "block_title_text_color": "ink",
        "border_color_accent": "brand",
        "border_color_accent_subdued": "line",
        "border_color_primary": "line",
        "color_accent_soft": "brand-soft",
        "panel_background_fill": "surface",
        "link_text_color": "brand",
        "link_text_color_active": "brand-strong",
        "link_text_color_hover": "brand-strong",
        "link_text_color_visited": "brand",
        "loader_color": "brand",
        "input_background_fill": "surface",
        "input_background_fill_focus": "surface",
        "input_background_fill_hover": "surface",
        "input_border_color": "line-strong",
        "input_border_color_focus": "brand",
        "input_border_color_hover": "brand",
        "input_placeholder_color": "ink-soft",
        "button_primary_background_fill": "brand",
        "button_primary_background_fill_hover": "brand-strong",
        "button_primary_border_color": "brand",
        "button_primary_border_color_hover": "brand-strong",
        "button_primary_text_color": "on-brand",
        "button_primary_text_color_hover": "on-brand",
        "button_secondary_background_fill": "surface",
        "button_secondary_background_fill_hover": "brand-soft",
        "button_secondary_border_color": "line-strong",
        "button_secondary_border_color_hover": "brand",
        "button_secondary_text_color": "brand",
        "button_secondary_text_color_hover": "brand-strong",
        "table_even_background_fill": "surface",
        "table_odd_background_fill": "surface",
        "table_border_color": "line",
        "table_row_focus": "brand-soft",
    }
    colours = {f"{name}{mode}": f"var(--machi-{token})" for name, token in names.items() for mode in ("", "_dark")}
    return theme.set(**colours, color_accent="var(--machi-brand)", chatbot_text_size="*text_md")
