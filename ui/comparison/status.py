"""A row of a comparison -> what became of it: stated, left blank by the plan itself, or not found."""

from __future__ import annotations

from typing import Literal

from ui.comparison.compare import Row

Status = Literal["stated", "blank", "not_found"]

STATUS_NAMES: dict[Status, str] = {
    "stated": "記載あり",
    "blank": "記載なし",
    "not_found": "見つかりませんでした",
}
"""As people read them. What a plan leaves empty is never called not found, nor the other way round."""


def status_of(row: Row) -> Status:
    """Return what became of ``row``."""
    if not row.said:
        return "not_found"
    return "blank" if row.blank else "stated"
