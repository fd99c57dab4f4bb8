"""Rows of a plan's tables: what they are called, and which tables hold figures or a schedule."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.kinds import years_of
from ingest.document import Cell, Chunk, Row, Span
from ingest.search_text import normalise, readable
from ingest.tables.row_words import is_arrow

# A figure as a cell holds it, 「▲1,164」「74.9%」「26か所」. 歳, 年 and 月 are missing here on purpose: with them a cell names its row.
_COUNTERS = (
    "%|人|名|件|円|千円|万円|百万円|億円|回|か所|箇所|カ所|ヶ所|世帯|台|割|時間|分|t|kg|g|km|m|m2|m3|ha|kwh|棟|戸|校|園"
    "|基|社|局|路線|地点|会場|拠点|集落|通|部|両|席|室|講座|品目|法人|区間|橋|枚|団体|組|本|冊|点|ポイント|種類|項目|手続|業務|事業|事業所|施設|床|食|便|組織|地区|頭|羽"
)
_NUMBER = re.compile(rf"[-▲△]?(?P<figure>[0-9][0-9,]*(?:\.[0-9]+)?)(?:{_COUNTERS})?", re.IGNORECASE)
_CODE = re.compile(r"[0-9]+(?:[-－–.][0-9]+)+")  # 「2-3」, the number of a measure, names no row
_TOTAL_MARK = re.compile(r"\s*(?:合|小|総)?\s?計$")
NUMBERING = re.compile(r"no\.?|№|番号|項番|#", re.IGNORECASE)  # a column that only counts the rows
_BARE_YEAR = re.compile(r"(?P<era>[RrHh])\.?(?P<number>[1-9][0-9OoО]?|元)(?:年度?)?")
_LABEL_LIMIT = 60
_DASH = re.compile(r"[-‐–—―－ー]+")  # a cell that holds nothing


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row with the chunk that holds it."""

    chunk: Chunk
    row: Row


def tables_of(chunks: Sequence[Chunk]) -> dict[Span, list[TableRow]]:
    """Return the rows of each table, in order, by the table's span."""
    tables: dict[Span, list[TableRow]] = {}
    for chunk in chunks:
        if chunk.row is not None:
            tables.setdefault(chunk.row.table_span, []).append(TableRow(chunk, chunk.row))
    return tables


def row_name(row: Row) -> str:
    """Return the most particular name of a row: a total's own unit, else its last label cell.

    A row of one label cell is named by it.
    """
    labels = [
        c for c in row.cells if c.value and not (is_number(c.value) or is_arrow(c.value) or _CODE.fullmatch(c.value))
    ]
    own = [c.value for c in labels if not c.inherited and len(c.value) <= _LABEL_LIMIT and not _DASH.fullmatch(c.value)]
    if row.total:
        group = next((c.value for c in labels if c.inherited), "")  # 小計 beside a merged cell is that cell's
        return (_TOTAL_MARK.sub("", own[0]) if own else "") or group
    first_number = next((i for i, c in enumerate(row.cells) if is_number(c.value)), len(row.cells))
    leading = [c.value for c in row.cells[:first_number] if not c.inherited and c.value in own]
    return leading[-1] if leading else (own[0] if own else "")


def is_number(value: str) -> bool:
    """Return whether a cell holds a figure and nothing else.

    >>> is_number("1,164"), is_number("74.9%"), is_number("26か所"), is_number("令和5年度")
    (True, True, True, False)
    """
    return _figure(value) is not None


def has_figures(row: Row) -> bool:
    """Return whether a row holds figures, numbers that only count the rows apart."""
    return any(is_number(c.value) and not NUMBERING.fullmatch(c.column) for c in row.cells)


def numeric(rows: Sequence[TableRow]) -> bool:
    """Return whether a table is one of figures."""
    return sum(has_figures(r.row) for r in rows) * 2 > len(rows)


def schedule(rows: Sequence[TableRow]) -> bool:
    """Return whether a table is a schedule of arrows under years."""
    return any(is_arrow(c.value) for r in rows for c in r.row.cells)


def spoken_name(row: Row) -> str:
    """Return a row's name as a sentence has it: what leads to its figures, or its group and that it is a sum."""
    if row.total:
        return f"{row_name(row)}（計）" if row_name(row) else "合計"
    parts = [c.value for c in row.cells if c.value and not is_number(c.value) and not is_arrow(c.value)]
    leading = [p for p in parts if p in row.label and not _DASH.fullmatch(p)]
    leading = [p for p in leading if not p.endswith("。")] or leading  # a row tells of itself in whole sentences too
    if leading and all(under_year(c) for c in row.cells if c.value in leading):
        return ""  # a schedule without names: what stands under its years is what is told
    return " ".join(dict.fromkeys(map(readable, leading))) or readable(row.label)


def under_year(cell: Cell) -> bool:
    """Return whether a cell stands under a year."""
    return bool(years_of(normalise(cell.column)))


def spoken_column(column: str) -> str:
    """Return a column's name as a sentence has it: the fiscal year that a schedule abbreviates is written out.

    >>> spoken_column("R8"), spoken_column("Ｒ１Ｏ"), spoken_column("令和8年度"), spoken_column("担当課")
    ('令和8年度', '令和10年度', '令和8年度', '担当課')
    """
    bare = _BARE_YEAR.fullmatch(unicodedata.normalize("NFKC", column).strip())
    if bare is None:
        return column
    number = bare["number"].upper().replace("O", "0")  # OCR reads R10 as R1O
    return f"{'令和' if bare['era'] in 'Rr' else '平成'}{number}年度"


def value(cell: Cell) -> float:
    """Return the figure of a cell, a falling mark as a minus. Raises ``ValueError`` for a cell without a figure.

    >>> from ingest.document import Span
    >>> value(Cell("事務数", "１，１６４", Span(0, 5))), value(Cell("効果額", "▲8,420", Span(0, 6)))
    (1164.0, -8420.0)
    """
    if (match := _figure(cell.value)) is None:
        raise ValueError(f"The cell holds no figure: {cell.value!r}.")
    size = float(match["figure"].replace(",", ""))
    return -size if match[0][0] in "-▲△" else size


def close(text: str) -> str:
    """Return text as names are compared: normalised, without spaces, middle dots and quotation marks, lower case."""
    return re.sub(r"[\s　・「」『』]", "", normalise(text)).casefold()


def _figure(text: str) -> re.Match[str] | None:
    return _NUMBER.fullmatch(unicodedata.normalize("NFKC", text).replace(" ", ""))
