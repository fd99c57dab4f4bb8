"""Measures -> the same in the order of a column; what the plan does not state comes last, whichever way round."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ui.commitments.records import Record
from ui.question import QuestionRefusedError

_KEYS: dict[str, Callable[[Record], str]] = {
    "title": lambda record: record.title_reading,
    "summary": lambda record: record.summary_reading,
    "schedule": lambda record: str(min(record.years, default="")),
    "unit": lambda record: record.unit_reading,
    "town": lambda record: record.plan.municipality_code,
}
COLUMNS = tuple(_KEYS)
"""The columns that can be sorted by: words by their reading, towns by their code, schedules by their first fiscal year."""


@dataclass(frozen=True, slots=True)
class Order:
    """A column ("" for the order in which the measures were found) and which way round."""

    column: str = ""
    down: bool = False


def read_order(text: str) -> Order:
    """Return the order that a text names.

    Raises:
        QuestionRefusedError: it names no column.

    >>> read_order("-title"), read_order("")
    (Order(column='title', down=True), Order(column='', down=False))
    """
    column = text.strip().removeprefix("-")
    if column and column not in _KEYS:
        raise QuestionRefusedError(
            "invalid_sort", f"並べ替えは {'、'.join(COLUMNS)} のどれかで指定してください（逆順は前に - を付けます）。"
        )
    return Order(column, text.strip().startswith("-"))


def in_order(records: Sequence[Record], order: Order) -> list[Record]:
    """Return ``records`` in ``order``; those that are equal keep their places."""
    if not order.column:
        return list(records)
    key = _KEYS[order.column]
    stated = [record for record in records if key(record)]
    return sorted(stated, key=key, reverse=order.down) + [record for record in records if not key(record)]
