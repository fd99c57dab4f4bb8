"""Every Japanese municipality: code, prefecture, name, reading (``municipalities.tsv``; source: Japan Post's postal data)."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).with_name("municipalities.tsv")


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality; ``code`` is the 6-digit 全国地方公共団体コード, ``reading`` is in hiragana."""

    code: str
    prefecture: str
    name: str
    reading: str


@cache
def municipalities() -> tuple[Municipality, ...]:
    """Return all municipalities, ordered by code.

    >>> next(m for m in municipalities() if m.code == "284815").reading
    'かみごおりちょう'
    """
    with _TABLE.open(encoding="utf-8", newline="") as lines:
        return tuple(Municipality(**row) for row in csv.DictReader(lines, delimiter="\t"))


@cache
def prefectures() -> frozenset[str]:
    """Return the names of the 47 prefectures."""
    return frozenset(m.prefecture for m in municipalities())
