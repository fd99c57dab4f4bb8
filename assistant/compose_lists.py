"""Lists -> statements: a list as a whole, in order, none left out; the rows of a table by their titles."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import CellRef
from assistant.evidence import Evidence
from assistant.statement import Quote, Statement
from assistant.table_rows import TableRow, numeric, tables_of
from ingest.document import Chunk, Kind
from ingest.search_text import readable

LIST_LENGTH = 1_000  # characters of one whole list as a quote (the contract's limit)
ITEMS = 20
NAME_LENGTH = 8  # characters from which a cell alone is a quote that can be found again
SHORT_LIST = 6  # items of a list that is given whole without being asked for
ALIKE = 0.93  # of the best item's score that every item of such a list reaches


def whole_list(best: Evidence, chunks: Sequence[Chunk], text: str) -> list[Statement]:
    """Return the whole list that the best piece belongs to, in order, none left out."""
    chunk = best.chunk
    if chunk.kind is Kind.LIST and len(chunk.units) > 1:
        return list_of(chunk, text)
    if chunk.kind is Kind.OUTLINE:
        return items_of(chunk, text)
    if chunk.row is not None:
        rows = tables_of([c for c in chunks if c.plan_id == chunk.plan_id])[chunk.row.table_span]
        return _row_titles(rows)[:ITEMS] if len(rows) > 1 else []
    return []


def list_of(chunk: Chunk, text: str) -> list[Statement]:
    """Return a list as one quote, or item by item where it is too long for that."""
    if chunk.span.end - chunk.span.start > LIST_LENGTH:
        return items_of(chunk, text)
    items = "\n".join(f"・{readable(unit.span.of(text))}" for unit in chunk.units)
    return [Statement(items + "\n", (Quote(chunk, chunk.span),))]


def list_as_such(found: Sequence[Evidence]) -> bool:
    """Return whether a list is meant as a whole: the question names the heading above it, or fits what its items share."""
    best = found[0]
    items = [e for e in found if e.chunk is best.chunk]
    if best.chunk.kind is not Kind.LIST or not 1 < len(items) <= SHORT_LIST:
        return False
    return best.signals["heading"] == 1.0 or items[-1].score >= ALIKE * best.score


def items_of(chunk: Chunk, text: str) -> list[Statement]:
    """Return each item of a list with its own quote."""
    return [Statement(f"・{readable(u.span.of(text))}", (Quote(chunk, u.span),)) for u in chunk.units[:ITEMS]]


def _row_titles(rows: Sequence[TableRow]) -> list[Statement]:
    """Return the rows of a table by their titles, each once: the first cell of words, in a table of figures past the groups."""
    groups = {c.column for r in rows for c in r.row.cells if c.inherited} if numeric(rows) else set()
    titles: list[Statement] = []
    for found in rows:
        words = [c for c in found.row.cells if c.value and not c.value.isdecimal() and c.column not in groups]
        if not words or found.row.total or words[0].inherited:
            continue
        title = words[0]
        span = title.span if title.span.end - title.span.start >= NAME_LENGTH else found.chunk.units[0].span
        where = CellRef(found.row.table, found.row.label, title.column)
        titles.append(Statement(f"・{readable(title.value)}", (Quote(found.chunk, span, where),)))
    return titles
