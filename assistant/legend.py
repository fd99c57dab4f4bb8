"""What the marks of a schedule stand for (○, ●, →), where the plan itself says so: its legend is told and quoted with them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.compose_rows import ARROW_STARTS
from assistant.statement import Quote, Statement
from assistant.table_rows import spoken_column
from ingest.document import Cell, Chunk, Unit
from ingest.search_text import readable
from ingest.tables.row_words import is_arrow

_SIGNS = "○◯〇●◎◉△▲▽▼□■☆★◇◆✓✔×→⇒➡➔▶►"
_PAIR = re.compile(
    rf"[「『]?(?P<sign>[{_SIGNS}])[」』]?[ 　]*[:：＝=…は]?[ 　]*(?P<word>[^\s　、,。.:：;；「」『』（）(){_SIGNS}]{{2,16}})"
)
_FEWEST = 2  # signs that a legend explains
_LEGEND = 120  # characters of a legend at most
_FAR = 4_000  # characters between a table and its legend
_ONE_SIGN = {"◯": "○", "〇": "○", "⇒": "→", "➡": "→", "➔": "→", "▶": "→", "►": "→"}  # one mark in several letters


@dataclass(frozen=True, slots=True)
class Legend:
    """The marks that a piece of plan explains, each with its word."""

    chunk: Chunk
    unit: Unit
    words: Mapping[str, str]


def with_marks(statement: Statement, chunks: Sequence[Chunk], text: str) -> Statement:
    """Return a statement of a schedule's row with what its marks stand for, quoted too; any other as it is."""
    chunk = statement.quotes[0].chunk
    if chunk.row is None or not any(_signs(cell) for cell in chunk.row.cells):
        return statement
    legend = _nearest(chunk, chunks, text)
    if legend is None:
        return statement
    said = statement.text
    for cell in chunk.row.cells:
        told = "、".join(dict.fromkeys(legend.words[s] for s in _signs(cell) if s in legend.words))
        if told:
            value = "→" if is_arrow(cell.value) else readable(cell.value)
            column = spoken_column(cell.column)
            before = f"{column}{ARROW_STARTS}" if is_arrow(cell.value) else f"{column}は{value}"
            said = said.replace(before, f"{column}は{value}（{told}）", 1)
    if said == statement.text:
        return statement
    return replace(statement, text=said, quotes=(*statement.quotes, Quote(legend.chunk, legend.unit.span)))


def marks_explained(text: str) -> dict[str, str]:
    """Return the marks that a text explains, each with its word; nothing unless it explains several.

    >>> marks_explained("凡例：「○」検討・準備　「●」導入　→：継続")
    {'○': '検討・準備', '●': '導入', '→': '継続'}
    >>> marks_explained("○窓口の改善に取り組みます。")
    {}
    """
    pairs = {_ONE_SIGN.get(m["sign"], m["sign"]): m["word"] for m in _PAIR.finditer(text)}
    return pairs if len(pairs) >= _FEWEST else {}


def _nearest(chunk: Chunk, chunks: Sequence[Chunk], text: str) -> Legend | None:
    """Return the legend that stands nearest to a row's table, within a few pages of it."""
    assert chunk.row is not None
    table = chunk.row.table_span
    found = []
    for other in chunks:
        if other.plan_id != chunk.plan_id or other.row is not None:
            continue
        for unit in other.units:
            far = max(table.start - unit.span.end, unit.span.start - table.end, 0)
            if far <= _FAR and unit.span.end - unit.span.start <= _LEGEND:
                words = marks_explained(unit.span.of(text))
                found += [(far, Legend(other, unit, words))] if words else []
    return min(found, key=lambda pair: pair[0])[1] if found else None


def _signs(cell: Cell) -> list[str]:
    """Return the marks at the beginning of a cell: 「○●」, 「◎端末更新」; a drawn arrow is →."""
    if is_arrow(cell.value):
        return ["→"]
    signs = []
    for letter in cell.value:
        if letter not in _SIGNS:
            break
        signs.append(_ONE_SIGN.get(letter, letter))
    return signs
