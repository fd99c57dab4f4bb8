"""Answers from table rows: the cells asked for, each with its row's and its column's name; the highest or lowest row."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import CellRef
from assistant.statement import Quote, Statement
from assistant.understand import Understanding
from assistant.wording import Wanted
from ingest.chunk_writer import QUOTE_LIMIT
from ingest.document import Cell, Chunk, Row, Span
from ingest.search_text import normalise, readable
from ingest.tables.row_words import is_arrow

_NUMBER = re.compile(r"-?[0-9][0-9,]*(?:\.[0-9]+)?%?")
_UNIT_IN_BRACKETS = re.compile(r"[（(][^）)]{1,6}[）)]$")  # 75歳以上（人）
_TOTAL_MARK = re.compile(r"\s*(?:合|小|総)?\s?計$")
_NUMBERING = re.compile(r"no\.?|№|番号|項番|#", re.IGNORECASE)  # a column that only counts the rows
_GRAND_TOTAL = re.compile(r"全庁|全体|総[数計](?!画)|(?<!総)合計(?!画)")
_ADJECTIVE = re.compile(r"(多い|少ない|高い|低い|大きい|小さい)")
_LOWEST = re.compile(r"少な|低|最少|最小|最低|小さ")
_KINDS = "(課|班|係|室|部|局|分野|事業|項目|業務|地区|施設|路線)"
# The unit that a superlative asks for, surest wording first: 「一番多い班」「課単位で」「どの課」.
_UNIT = tuple(
    re.compile(wording)
    for wording in (
        rf"{_KINDS}のうち",
        rf"[いなの](?:のは)?(?:どの)?{_KINDS}(?:は|が|を|です|の名|[?？]|$)",
        rf"{_KINDS}(?:単位|別|ごと)",
        rf"(?:どの|何){_KINDS}",
        rf"{_KINDS}",
    )
)
_LABEL_LIMIT = 60


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
    labels = [c for c in row.cells if c.value and not is_number(c.value) and not is_arrow(c.value)]
    own = [c.value for c in labels if not c.inherited and len(c.value) <= _LABEL_LIMIT and c.value != "-"]
    if row.total:
        group = next((c.value for c in labels if c.inherited), "")  # 小計 beside a merged cell is that cell's
        return (_TOTAL_MARK.sub("", own[0]) if own else "") or group
    first_number = next((i for i, c in enumerate(row.cells) if is_number(c.value)), len(row.cells))
    leading = [c.value for c in row.cells[:first_number] if not c.inherited and c.value in own]
    return leading[-1] if leading else (own[0] if own else "")


def is_number(value: str) -> bool:
    """Return whether a cell holds a figure and nothing else.

    >>> is_number("1,164"), is_number("74.9%"), is_number("令和5年度")
    (True, True, False)
    """
    return _NUMBER.fullmatch(unicodedata.normalize("NFKC", value)) is not None


def has_figures(row: Row) -> bool:
    """Return whether a row holds figures, numbers that only count the rows apart."""
    return any(is_number(c.value) and not _NUMBERING.fullmatch(c.column) for c in row.cells)


def numeric(rows: Sequence[TableRow]) -> bool:
    """Return whether a table is one of figures."""
    return sum(has_figures(r.row) for r in rows) * 2 > len(rows)


def schedule(rows: Sequence[TableRow]) -> bool:
    """Return whether a table is a schedule of arrows under years."""
    return any(is_arrow(c.value) for r in rows for c in r.row.cells)


def rows_asked(asked: Understanding, rows: Sequence[TableRow]) -> list[TableRow]:
    """Return the rows of a table of figures that the question names, in the table's order."""
    question = _close(asked.focus)
    heads = Counter(_close(r.row.cells[0].value) for r in rows)
    named = [r for r in rows if _called(r.row, question, alone=heads[_close(r.row.cells[0].value)] == 1)]
    names = {_close(row_name(r.row)) for r in named}
    # 「税務課」 inside 「税務課町民税班」: a name that is only part of another named one is not asked for by itself
    inner = {name for name in names for longer in names if _inside(name, longer, question)}
    named = [r for r in named if _close(row_name(r.row)) not in inner]
    totals = {_close(row_name(r.row)) for r in named if r.row.total}
    kept = [r for r in named if r.row.total or _close(row_name(r.row)) not in totals]
    if not kept and _GRAND_TOTAL.search(asked.focus):
        return [r for r in rows if r.row.total and not row_name(r.row)][-1:]
    return kept


def _called(row: Row, question: str, *, alone: bool) -> bool:
    """Return whether a question names a row: by its own name, or by its first cell when no other row shares it."""
    name = _close(_UNIT_IN_BRACKETS.sub("", row_name(row)))
    if row.total:
        return bool(name) and name in question
    first = _close(_UNIT_IN_BRACKETS.sub("", row.cells[0].value))
    return bool(name and name in question) or (alone and len(first) > 1 and not is_number(first) and first in question)


def names_row(asked: Understanding, row: Row) -> bool:
    """Return whether a row of figures may be meant: the question names it, asks for an extreme, or for the grand total."""
    name = _close(row_name(row))
    if not name:
        return row.total and _GRAND_TOTAL.search(asked.focus) is not None
    said = _close(f"{asked.focus} {asked.context}")
    return Wanted.SUPERLATIVE in asked.wanted or _called(row, said, alone=not row.cells[0].inherited)


def extreme_row(asked: Understanding, rows: Sequence[TableRow]) -> tuple[TableRow, Cell] | None:
    """Return the row with the highest (or lowest) figure in the column asked for, among rows of the unit asked for."""
    unit = next((found for wording in _UNIT if (found := wording.search(asked.focus))), None)
    group = [r for r in rows if row_name(r.row)]
    if unit is not None:
        totals = {row_name(r.row) for r in group if r.row.total}
        group = [
            r for r in group if row_name(r.row).endswith(unit[1]) and (r.row.total or row_name(r.row) not in totals)
        ]
    else:
        group = [r for r in group if not (r.row.total or r.row.part)]
    said = _close(f"{asked.focus} {asked.context}")
    within = [r for r in group if not r.row.total and r.row.cells[0].value and _close(r.row.cells[0].value) in said]
    group = within or group
    column = next((c.column for r in group for c in columns_asked(asked, r.row) if is_number(c.value)), "")
    figures = [(r, c) for r in group for c in r.row.cells if c.column == column and is_number(c.value)]
    if not figures:
        return None
    pick = min if _LOWEST.search(asked.focus) else max
    return pick(figures, key=lambda pair: _value(pair[1]))


def names_cell(asked: Understanding, chunks: Sequence[Chunk]) -> bool:
    """Return whether the question names a cell of a table of figures: a row and a column, or a column and an extreme."""
    tables = [rows for rows in tables_of(chunks).values() if numeric(rows) and names_column(asked, rows)]
    return bool(tables) and (Wanted.SUPERLATIVE in asked.wanted or any(rows_asked(asked, rows) for rows in tables))


def names_column(asked: Understanding, rows: Sequence[TableRow]) -> bool:
    """Return whether the question names a column of figures."""
    question = _close(asked.focus)
    figures = {c.column for r in rows for c in r.row.cells if c.column and is_number(c.value)}
    return any(all(_said(part, question) for part in _parts(column)) for column in figures)


def state_row(asked: Understanding, found: TableRow, *, only: Cell | None = None) -> Statement:
    """Return what a row says in the columns asked for, quoted with its cells."""
    row = found.row
    cells = [only] if only is not None else columns_asked(asked, row)
    name = _spoken_name(row)
    only_words = len(cells) == 1 and not is_number(cells[0].value) and len(cells[0].value) > len(cells[0].column)
    facts = readable(cells[0].value) if only_words and not is_arrow(cells[0].value) else "、".join(map(_fact, cells))
    where = CellRef(row.table, row.label, "、".join(c.column for c in cells))
    proof = [Quote(found.chunk, _row_span(found, cells), where)]
    # a merged cell's value stands in another row, where it is quoted
    merged = (c.span for c in row.cells if c.inherited and c.value and (c in cells or readable(c.value) in name))
    proof += [Quote(found.chunk, span, where) for span in dict.fromkeys(merged) if not proof[0].span.covers(span)]
    if any(c.column in facts for c in cells if c.column) and row.header.end - row.header.start <= QUOTE_LIMIT:
        proof.append(Quote(found.chunk, row.header, where))  # the column's name stands there
    return Statement(f"{name}の{facts}です。" if has_figures(row) else f"{name}：{facts}", tuple(proof))


def state_extreme(asked: Understanding, found: TableRow, cell: Cell) -> Statement:
    """Return the row that has the highest or lowest figure of a column, said as such."""
    how = _ADJECTIVE.search(asked.focus)
    most = how[1] if how else ("少ない" if _LOWEST.search(asked.focus) else "多い")
    plain = state_row(asked, found, only=cell)
    return Statement(
        f"{cell.column}が最も{most}のは、{_spoken_name(found.row)}の{readable(cell.value)}です。", plain.quotes
    )


def columns_asked(asked: Understanding, row: Row) -> list[Cell]:
    """Return the cells whose column the question names; every filled cell beside the label when it names none."""
    question = _close(asked.focus)
    beside = [
        c
        for c in row.cells
        if c.column
        and not _NUMBERING.fullmatch(c.column)
        and (not c.value or _close(c.value) not in _close(row.label) or is_number(c.value))
    ]
    filled = [c for c in beside if c.value and c.span.start < c.span.end]
    named = [c for c in beside if all(_said(part, question) for part in _parts(c.column))]
    heads = Counter(_close(_parts(c.column)[0]) for c in beside)
    # a column under an upper name of its own is named by that: 「基準値」 of 「基準値 令和5年度」
    named += [
        c for c in filled
        if c not in named and heads[_close(_parts(c.column)[0])] == 1 and _said(_parts(c.column)[0], question)
    ]  # fmt: skip
    named = named or [
        c for c in beside if _said(_parts(c.column)[-1], question)
    ]  # 「基幹系以外」 of 「使用システム 基幹系以外」
    named = named or [c for c in filled if any(_said(part, question) for part in _parts(c.column))]
    # 「基幹系以外」 in the question is not 「基幹系」: a name inside a longer named one was not asked for by itself
    last = {_close(_parts(c.column)[-1]) for c in named}
    named = [c for c in named if not any(_inside(_close(_parts(c.column)[-1]), name, question) for name in last)]
    if re.search(r"内訳|すべての欄|それぞれの欄", asked.focus):
        return filled
    return named or filled


def _inside(name: str, longer: str, question: str) -> bool:
    """Return whether a name stands in the question only as part of a longer name."""
    return name != longer and name in longer and question.count(name) == question.count(longer)


def _said(part: str, question: str) -> bool:
    """Return whether a question names a column: 「何件の事務」 asks for 事務数."""
    name = _close(part)
    stem = name.rstrip("数率額")
    return name in question or (len(stem) > 1 and stem in question)


def _parts(column: str) -> list[str]:
    """Return the words of a column's name: 「使用システム 合計」 has two, brackets and what they hold count for nothing."""
    return [part for part in re.sub(r"\([^)]*\)", "", column).split() if part] or [column]


def _value(cell: Cell) -> float:
    return float(unicodedata.normalize("NFKC", cell.value).replace(",", "").rstrip("%"))


def _fact(cell: Cell) -> str:
    if is_arrow(cell.value):
        return f"{cell.column}に始まります（矢印の終わりは、元の資料の文字から読み取れません）"
    value = cell.value or "（記載なし）"
    return f"{cell.column}は{readable(value)}" if cell.column else readable(value)


def _spoken_name(row: Row) -> str:
    if row.total:
        return f"{row_name(row)}（計）" if row_name(row) else "合計"
    parts = [c.value for c in row.cells if c.value and not is_number(c.value) and not is_arrow(c.value)]
    leading = [p for p in parts if p in row.label and p != "-"]
    return " ".join(dict.fromkeys(map(readable, leading))) or readable(row.label)


def _row_span(found: TableRow, cells: Sequence[Cell]) -> Span:
    """Return the row's whole span when it is short enough to quote, else from its label to the last cell asked for."""
    span = found.chunk.span
    if span.end - span.start <= QUOTE_LIMIT:
        return span
    own = [c.span for c in cells if c.span.start < c.span.end]
    return own[0] if own and own[0].end - own[0].start <= QUOTE_LIMIT else found.chunk.units[0].span


def _close(text: str) -> str:
    return re.sub(r"[\s　・]", "", normalise(text)).casefold()
