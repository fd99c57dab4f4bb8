"""Figures out of a table: the cells asked for, the highest and lowest rows, those above a limit, sums, differences and shares.

Whatever is computed names its operands, and each operand's row is quoted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.cells_asked import columns_asked, grand_total, rows_asked, surest_column
from assistant.compose_rows import proof, state_row
from assistant.kinds import years_of
from assistant.statement import Statement
from assistant.table_rows import TableRow, close, is_number, row_name, spoken_column, spoken_name, value
from assistant.understand import Understanding
from assistant.wording import (
    ADJECTIVE,
    BELOW,
    DIFFERENCE,
    LOWEST,
    OF_TWO,
    RANK,
    ROW_UNITS,
    SHARE,
    SUM,
    THRESHOLD,
    TOP_FEW,
    YEAR_UNIT,
    Wanted,
)
from ingest.document import Cell
from ingest.eras import kanji_number
from ingest.search_text import normalise, readable

_ITEMS = 20


@dataclass(frozen=True, slots=True)
class Figure:
    """A cell that holds a figure, with its row."""

    found: TableRow
    cell: Cell

    @property
    def value(self) -> float:
        """Return the figure."""
        return value(self.cell)

    @property
    def name(self) -> str:
        """Return what the row is called in a sentence."""
        return spoken_name(self.found.row)

    @property
    def column(self) -> str:
        """Return what the column is called in a sentence."""
        return spoken_column(self.cell.column)

    def said(self) -> str:
        """Return the figure with its row's and its column's name."""
        return f"{self.name}の{self.column}は{readable(self.cell.value)}"


def state_figures(asked: Understanding, rows: Sequence[TableRow]) -> list[Statement]:
    """Return what a table of figures answers: an operation where one is asked for, else the rows that the question names."""
    if Wanted.SUPERLATIVE in asked.wanted and (found := _extremes(asked, rows)):
        return found
    if (limit := THRESHOLD.search(asked.focus)) and (found := _beyond(asked, rows, limit)):
        return found
    named = rows_asked(asked, rows)
    if held := _of_two(asked, named):
        return [held]
    if computed := _computed(asked, named, rows):
        return [computed]
    return [state_row(asked, row) for row in named[:_ITEMS]]


def _extremes(asked: Understanding, rows: Sequence[TableRow]) -> list[Statement]:
    """Return the row with the highest or lowest figure of the column asked for, or the few of that rank."""
    lowest = LOWEST.search(asked.focus) is not None
    how = ADJECTIVE.search(asked.focus)
    most = f"{how['stem']}い" if how else ""
    years = _over_years(asked, rows)
    ranked = sorted(years or _of_group(asked, rows), key=lambda figure: figure.value, reverse=not lowest)
    few, rank = TOP_FEW.search(asked.focus), RANK.search(asked.focus)
    first = kanji_number(rank["n"]) - 1 if rank and not few else 0
    last = first + (kanji_number(few["n"]) if few else 1)
    return [
        Statement(
            f"{f.name if years else f.column}が{'最も' if at == 0 else f'{at + 1}番目に'}{most or _most(f, lowest)}のは、"
            f"{f.column if years else f.name}の{readable(f.cell.value)}です。",
            proof(f.found, [f.cell], f.column),
        )
        for at, f in list(enumerate(ranked))[first : min(last, first + _ITEMS)]
    ]


def _most(figure: Figure, lowest: bool) -> str:
    """Return the adjective for the highest or lowest figure: shares are high, numbers are many."""
    if "%" in normalise(figure.cell.value) or figure.cell.column.endswith(("率", "割合")):
        return "低い" if lowest else "高い"
    return "少ない" if lowest else "多い"


def _over_years(asked: Understanding, rows: Sequence[TableRow]) -> list[Figure]:
    """Return a named row's figures under years, where the question asks which year has the most."""
    named = rows_asked(asked, rows)
    if len(named) != 1 or not YEAR_UNIT.search(asked.focus):
        return []
    return [Figure(named[0], c) for c in named[0].row.cells if is_number(c.value) and years_of(normalise(c.column))]


def _of_group(asked: Understanding, rows: Sequence[TableRow]) -> list[Figure]:
    """Return the figures of the column asked for in the rows that the question compares."""
    group = _group(asked, rows)
    column = surest_column(asked, [c for r in group for c in columns_asked(asked, r.row)])
    return [Figure(r, c) for r in group for c in r.row.cells if c.column == column and is_number(c.value)]


def _group(asked: Understanding, rows: Sequence[TableRow]) -> list[TableRow]:
    """Return the rows of the unit asked for (「どの課」), of the group that the question names; else all that hold no other."""
    named = [r for r in rows if row_name(r.row)]
    unit = next((found for wording in ROW_UNITS if (found := wording.search(asked.focus))), None)
    totals = {row_name(r.row) for r in named if r.row.total}
    of_unit = [
        r
        for r in named
        if unit and row_name(r.row).endswith(unit[1]) and (r.row.total or row_name(r.row) not in totals)
    ]
    group = of_unit or [r for r in named if not (r.row.total or r.row.part)]
    said = close(f"{asked.focus} {asked.context}")
    heads = Counter(r.row.cells[0].value for r in group)
    within = [r for r in group if not r.row.total and heads[r.row.cells[0].value] > 1]
    within = [r for r in within if r.row.cells[0].value and close(r.row.cells[0].value) in said]
    return within or group


def _beyond(asked: Understanding, rows: Sequence[TableRow], limit: re.Match[str]) -> list[Statement]:
    """Return every row whose figure lies beyond a limit: 「100を超える課」."""
    bound = float(limit["figure"].replace(",", ""))
    how = limit["how"]
    kept = [f for f in _of_group(asked, rows) if _lies(f.value, bound, how)]
    return [Statement(f"・{f.said()}", proof(f.found, [f.cell], f.column)) for f in kept[:_ITEMS]]


def _lies(figure: float, bound: float, how: str) -> bool:
    if how in ("以上", "以下"):
        return figure >= bound if how == "以上" else figure <= bound
    return figure < bound if BELOW.search(how) else figure > bound


def _figures_asked(asked: Understanding, rows: Sequence[TableRow]) -> list[list[Figure]]:
    """Return the figures of each row in the columns that the question asks for."""
    return [[Figure(r, c) for c in columns_asked(asked, r.row) if is_number(c.value)] for r in rows]


def _of_two(asked: Understanding, named: Sequence[TableRow]) -> Statement | None:
    """Return which of two named rows has more, or less, or that they are level: 「どちらが多いですか」."""
    if not OF_TWO.search(asked.focus):
        return None
    cells = _figures_asked(asked, [r for r in named if not r.row.total] or named)
    if [len(c) for c in cells] != [1, 1]:
        return None
    (one,), (other,) = cells
    if one.column != other.column:
        return None
    if one.value == other.value:
        return _operands([one, other], "どちらも同じ")
    lowest, how = LOWEST.search(asked.focus) is not None, ADJECTIVE.search(asked.focus)
    first = min((one, other), key=lambda f: f.value) if lowest else max((one, other), key=lambda f: f.value)
    return _operands([one, other], f"{first.name}のほうが{how['stem'] + 'い' if how else _most(first, lowest)}")


def _computed(asked: Understanding, named: Sequence[TableRow], rows: Sequence[TableRow]) -> Statement | None:
    """Return the difference, the sum or the share that is asked for of named cells, with its operands."""
    cells = _figures_asked(asked, named)
    if DIFFERENCE.search(asked.focus):
        pair = cells[0] if len(cells) == 1 else [c[0] for c in cells if len(c) == 1]
        if len(pair) == 2:
            return _operands(pair, f"差は{_number(abs(pair[0].value - pair[1].value))}")
    apart = len(named) > 1 and not any(r.row.total or r.row.part for r in named)
    if SUM.search(asked.focus) and apart and all(len(c) == 1 for c in cells):
        figures = [c[0] for c in cells]
        return _operands(figures, f"合わせて{_number(sum(f.value for f in figures))}")
    if SHARE.search(asked.focus) and len(cells) == 1 and len(cells[0]) == 1 and "%" not in cells[0][0].cell.value:
        return _share(cells[0][0], grand_total(rows))
    return None


def _share(figure: Figure, total: Sequence[TableRow]) -> Statement | None:
    whole = next(
        (Figure(r, c) for r in total for c in r.row.cells if c.column == figure.cell.column and is_number(c.value)),
        None,
    )
    if whole is None or not whole.value or whole.found is figure.found:
        return None
    return _operands([figure, whole], f"割合は{figure.value / whole.value:.1%}")


def _operands(figures: Sequence[Figure], result: str) -> Statement:
    quotes = [quote for f in figures for quote in proof(f.found, [f.cell], f.column)]
    return Statement(f"{'、'.join(f.said() for f in figures)}で、{result}です。", tuple(dict.fromkeys(quotes)))


def _number(size: float) -> str:
    """Return a figure as a sentence has it.

    >>> _number(1164.0), _number(0.30000000000000004)
    ('1,164', '0.3')
    """
    return f"{round(size, 6):,.10g}"
