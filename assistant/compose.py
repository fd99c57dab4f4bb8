"""Evidence of one municipality -> statements, by what the question wants. Every statement is made of exact spans."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.cells_asked import names_column, rows_asked
from assistant.complete import announced, left_open, meant_by_ditto, record_title, remedy
from assistant.compose_lists import SHORT_LIST, items_of, list_as_such, list_of, whole_list
from assistant.compose_rows import state_row
from assistant.compose_sentences import ANSWER_LENGTH, QUOTES, sentence, sentences, text_row
from assistant.definitions import defines
from assistant.evidence import Evidence
from assistant.figures import state_figures
from assistant.legend import with_marks
from assistant.named_above import with_names
from assistant.own_measures import asks_measures, list_measures
from assistant.reading import Reader
from assistant.statement import Quote, Statement, quoted
from assistant.table_rows import TableRow, numeric, schedule, tables_of
from assistant.table_unit import with_units
from assistant.understand import Understanding
from assistant.wording import ASKS_WHETHER, DIFFERENCE, EVERYTHING, THRESHOLD, Wanted
from index.index import Index
from ingest.chunk_writer import QUOTE_LIMIT
from ingest.document import Chunk, Kind, Span, Unit
from ingest.search_text import normalise, readable

ONE_ROW = 0.85  # of the best row's score that the next row must reach for a table's rows to be wanted together


def compose(
    asked: Understanding, found: Sequence[Evidence], chunks: Sequence[Chunk], reader: Reader, index: Index
) -> list[Statement]:
    """Return the statements that answer from ``found`` (best first, one municipality). ``chunks`` are all of its chunks."""
    text = index.text(found[0].chunk.plan_id)
    found = [e for e in found if e.chunk.plan_id == found[0].chunk.plan_id]
    if asks_measures(asked) and (committed := reader.measures(found[0].chunk.plan_id)):
        return list_measures(committed, [c for c in chunks if c.plan_id == found[0].chunk.plan_id], text)
    if definition := _definition(asked, found, text):
        return definition
    statements = _by_kind(asked, found, chunks, reader, text)
    taken = [quote for statement in statements for quote in statement.quotes]
    said = normalise(" ".join(quote.span.of(text) for quote in taken))
    # what will be done comes before the state that calls for it, unless the question is whether something is there
    measures = [sentence(asked, e, text) for e in remedy(asked, found, taken, chunks)]
    statements = [*statements, *measures] if ASKS_WHETHER.search(asked.focus) else [*measures, *statements]
    statements += [sentence(asked, e, text) for e in left_open(asked, found, said, taken[0].chunk)]
    statements = [with_marks(_undittoed(s, found, chunks, text), chunks, text) for s in statements]
    return _with_titles(with_names(asked, with_units(statements, text), text), chunks, text)


def _undittoed(statement: Statement, found: Sequence[Evidence], chunks: Sequence[Chunk], text: str) -> Statement:
    """Return a statement with what its 「同上」 stands for, quoted too."""
    span = statement.quotes[0].span
    meant = next((m for e in found if e.unit.span == span and (m := meant_by_ditto(e, chunks))), None)
    if meant is None:
        return statement
    chunk, unit = meant
    return Statement(f"{statement.text}（{quoted(unit.span.of(text))}）", (*statement.quotes, Quote(chunk, unit.span)))


def _with_titles(statements: Sequence[Statement], chunks: Sequence[Chunk], text: str) -> list[Statement]:
    """Return the statements with the name of the record before the first field of it that is quoted, proven like the rest."""
    named: set[Span] = set()
    titled: list[Statement] = []
    for statement in statements:
        title = record_title(statement.quotes[0].chunk, chunks)
        span = title.units[0].span if title is not None else None
        if title is None or span is None or span in named or span.end - span.start > QUOTE_LIMIT:
            titled.append(statement)
            continue
        named.add(span)
        field = readable(statement.quotes[0].chunk.heading_path[-1])
        words = f"{readable(span.of(text))}（{field}）：{statement.text}"
        titled.append(Statement(words, (*statement.quotes, Quote(title, span))))
    return titled


def _by_kind(
    asked: Understanding, found: Sequence[Evidence], chunks: Sequence[Chunk], reader: Reader, text: str
) -> list[Statement]:
    if rows := _rows(asked, found, chunks, text):
        return rows
    if (Wanted.LIST in asked.wanted or list_as_such(found)) and (whole := whole_list(found[0], chunks, text)):
        return whole
    if Wanted.LIST in asked.wanted and (after := announced(found[0], chunks)) is not None:
        return [sentence(asked, found[0], text), *(items_of if after.kind is Kind.OUTLINE else list_of)(after, text)]
    return sentences(asked, found, reader, text)


def _definition(asked: Understanding, found: Sequence[Evidence], text: str) -> list[Statement]:
    """Return the glossary's words on each term that the question asks about, when the best piece is one of them."""
    entries = list(dict.fromkeys(e.chunk for e in found if defines(asked, e.chunk)))
    if not entries or found[0].chunk.kind is not Kind.ENTRY:
        return []
    return [s for entry in entries[:QUOTES] for s in _entry(entry, text)]


def _entry(entry: Chunk, text: str) -> list[Statement]:
    """Return a glossary entry: its term, then its sentences as far as they fit into an answer."""
    taken: list[Unit] = []
    total = 0
    for unit in entry.units:
        size = unit.span.end - unit.span.start
        if taken and total + size > ANSWER_LENGTH:
            break
        taken.append(unit)
        total += size
    spans = [unit.span for unit in taken]
    term = text.find(entry.term, entry.span.start, spans[0].start)
    lead = f"{readable(entry.term)}："
    if term >= 0 and spans[-1].end - term <= QUOTE_LIMIT:  # the term proves itself in the same quote
        words = quoted(text[spans[0].start : spans[-1].end])
        return [Statement(lead + words, (Quote(entry, Span(term, spans[-1].end)),))]
    return [
        Statement((lead if i == 0 else "") + quoted(span.of(text)), (Quote(entry, span),))
        for i, span in enumerate(spans)
    ]


def _rows(asked: Understanding, found: Sequence[Evidence], chunks: Sequence[Chunk], text: str) -> list[Statement]:
    best = found[0]
    tables = tables_of([chunk for chunk in chunks if chunk.plan_id == best.chunk.plan_id])
    if best.chunk.row is not None:
        rows = tables.get(best.chunk.row.table_span, [])
        counts = asked.wanted & {Wanted.NUMBER, Wanted.SUPERLATIVE} or THRESHOLD.search(asked.focus)
        if numeric(rows) and EVERYTHING.search(asked.focus) and not counts:
            return []  # what the rows are called is asked for
        if numeric(rows):
            return state_figures(asked, rows) or [state_row(asked, TableRow(best.chunk, best.chunk.row))]
        if schedule(rows) and len(rows) <= SHORT_LIST:
            return [state_row(asked, row) for row in rows_asked(asked, rows) or rows]
        if Wanted.LIST in asked.wanted and not _one_row(asked, found):
            return []
        return [text_row(asked, best, text)]
    if best.kind == 1.0 and not DIFFERENCE.search(asked.focus):
        return []  # a sentence that tells a figure of that sort
    for rows in tables.values():
        if numeric(rows) and Wanted.NUMBER in asked.wanted and rows_asked(asked, rows) and names_column(asked, rows):
            return state_figures(asked, rows)
    return []


def _one_row(asked: Understanding, found: Sequence[Evidence]) -> bool:
    """Return whether a question that might want a table's rows fits one of them far better than the others."""
    if EVERYTHING.search(asked.focus):
        return False
    table = found[0].chunk.row.table_span if found[0].chunk.row else None
    others = [e for e in found if e.chunk.row and e.chunk.row.table_span == table and e.chunk is not found[0].chunk]
    return not others or others[0].score < ONE_ROW * found[0].score
