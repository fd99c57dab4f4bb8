"""The unit of a table's figures, where the plan writes it above the table: told and quoted with the figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.statement import Quote, Statement
from assistant.table_rows import is_number
from ingest.document import Cell, Chunk, Span
from ingest.search_text import readable

_UNIT = re.compile(
    r"[（(［\[]?[ 　]*単位[ 　]*[:：][ 　]*(?P<unit>[^）)］\]\n\t|。]{1,24}?)[ 　]*(?:[）)］\]]|(?=\n|$))"
)
_ABOVE = 160  # characters above a table in which its unit is looked for
_NEXT_TO = re.compile(r"[^。|\t]{0,40}")  # between the unit and the table: at most the table's name


def with_units(statements: Sequence[Statement], text: str) -> list[Statement]:
    """Return statements with the unit of their figures, said and quoted once for each table."""
    told: set[Span] = set()
    stated: list[Statement] = []
    for statement in statements:
        chunk = statement.quotes[0].chunk
        span = _unit_of(chunk, text) if chunk.row is not None and _bare_figure(statement, chunk.row.cells) else None
        if span is None or span in told or (unit := _UNIT.match(span.of(text))) is None:
            stated.append(statement)
            continue
        told.add(span)
        unit_said = f"（単位：{readable(unit['unit'])}）"
        ends = statement.text.endswith("。")
        words = f"{statement.text[:-1]}{unit_said}。" if ends else statement.text + unit_said
        stated.append(replace(statement, text=words, quotes=(*statement.quotes, Quote(chunk, span))))
    return stated


def _bare_figure(statement: Statement, cells: Sequence[Cell]) -> bool:
    """Return whether a statement tells a figure that has no unit of its own."""
    return any(is_number(c.value) and c.value[-1].isdecimal() and readable(c.value) in statement.text for c in cells)


def _unit_of(chunk: Chunk, text: str) -> Span | None:
    """Return where the unit stands that is written right above a row's table, or in its header."""
    assert chunk.row is not None
    table, header = chunk.row.table_span, chunk.row.header
    for start, end in ((header.start, header.end), (max(0, table.start - _ABOVE), table.start)):
        found = [
            m for m in _UNIT.finditer(text, start, end) if end == header.end or _NEXT_TO.fullmatch(text, m.end(), end)
        ]
        if found:
            return Span(*found[-1].span())
    return None
