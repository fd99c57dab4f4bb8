"""How every event of the pages runs: without Gradio's own signs of progress, and not as an API of its own."""

from __future__ import annotations

from typing import Any

QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "preprocess": False}
"""Gradio would check a chosen value against the choices that this server handed out, and fail in English on a page left
open over a restart; ``preprocess=False`` leaves the check to what the value is for, which refuses in Japanese."""
