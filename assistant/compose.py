"""Evidence of one municipality -> statements, by what the question wants. Every statement is made of exact spans."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from assistant.answer import CellRef
from assistant.cells_asked import names_column, rows_asked
from assistant.complete import announced, left_open, meant_by_ditto, record_title, remedy
from assistant.compose_rows import state_row
from assistant.evidence import Evidence, defines, word_weights
from assistant.figures import state_figures
from assistant.reading import Reader
from assistant.statement import Quote, Statement, quoted
from assistant.table_rows import TableRow, numeric, schedule, tables_of
from assistant.understand import Understanding
from assistant.wording import DIFFERENCE, EVERYTHING, THRESHOLD, Wanted
from index.index import Index
from ingest.chunk_writer import QUOTE_LIMIT
from ingest.document import Chunk, Kind, Span, Unit
from ingest.search_text import normalise, readable

QUOTES = 3  # sentences of a plain answer at most
GAIN = 0.1  # share of the question's words that a further quote must add
CLOSE = 0.62  # of the best score that a further quote must reach
VERY_CLOSE = 0.8  # of the best score, from which one more passage stands beside a best one that does not stand alone
ONE_OF_SEVERAL = 0.5  # share of the wanted kinds that a further piece must hold
BESIDE = 0.6  # of the best score, for a sentence of the same paragraph
WELL_COVERED = 0.85  # share of the question's words from which the best sentence stands alone
ANSWER_LENGTH = 420  # characters of quotes in a plain answer
LIST_LENGTH = 1_000  # characters of one whole list as a quote (the contract's limit)
ITEMS = 20
_NAME_LENGTH = 8  # characters from which a cell alone is a quote that can be found again
ONE_ROW = 0.85  # of the best row's score that the next row must reach for a table's rows to be wanted together
SHORT_LIST = 6  # items of a list that is given whole without being asked for
ALIKE = 0.93  # of the best item's score that every item of such a list reaches


def compose(
    asked: Understanding, found: Sequence[Evidence], chunks: Sequence[Chunk], reader: Reader, index: Index
) -> list[Statement]:
    """Return the statements that answer from ``found`` (best first, one municipality). ``chunks`` are all of its chunks."""
    text = index.text(found[0].chunk.plan_id)
    found = [e for e in found if e.chunk.plan_id == found[0].chunk.plan_id]
    if definition := _definition(asked, found, text):
        return definition
    statements = _by_kind(asked, found, chunks, reader, text)
    taken = [quote for statement in statements for quote in statement.quotes]
    said = normalise(" ".join(quote.span.of(text) for quote in taken))
    more = left_open(asked, found, said, taken[0].chunk) or remedy(asked, found, taken)
    statements += [_sentence(asked, e, text) for e in more]
    statements = [_undittoed(s, found, chunks, text) for s in statements]
    return _with_titles(statements, chunks, text)


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
    if (Wanted.LIST in asked.wanted or _list_as_such(found)) and (whole := _whole_list(found[0], chunks, text)):
        return whole
    if Wanted.LIST in asked.wanted and (after := announced(found[0], chunks)) is not None:
        return [_sentence(asked, found[0], text), *(_items if after.kind is Kind.OUTLINE else _list)(after, text)]
    return _sentences(asked, found, reader, text)


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
        return [_text_row(asked, best, text)]
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


def _text_row(asked: Understanding, best: Evidence, text: str) -> Statement:
    """Return a row of words: its label and the cells asked for, or its sentence that answers best."""
    chunk, row = best.chunk, best.chunk.row
    assert row is not None
    if best.unit.span == chunk.span:
        return state_row(asked, TableRow(chunk, row))
    column = next((c.column for c in row.cells if c.span.covers(best.unit.span)), "")
    words = f"{readable(row.label)}：{quoted(best.unit.span.of(text))}"
    return Statement(words, (Quote(chunk, _telling(best), CellRef(row.table, row.label, column)),))


def _telling(evidence: Evidence) -> Span:
    """Return the span to quote for a piece: a few letters prove little alone, so they come with their row or list."""
    span, whole = evidence.unit.span, evidence.chunk.span
    if span.end - span.start >= _NAME_LENGTH or whole.end - whole.start > QUOTE_LIMIT:
        return span
    return whole if evidence.chunk.kind in (Kind.ROW, Kind.LIST) else span


def _whole_list(best: Evidence, chunks: Sequence[Chunk], text: str) -> list[Statement]:
    """Return the whole list that the best piece belongs to, in order, none left out."""
    chunk = best.chunk
    if chunk.kind is Kind.LIST and len(chunk.units) > 1:
        return _list(chunk, text)
    if chunk.kind is Kind.OUTLINE:
        return _items(chunk, text)
    if chunk.row is not None:
        rows = tables_of([c for c in chunks if c.plan_id == chunk.plan_id])[chunk.row.table_span]
        return _row_titles(rows)[:ITEMS] if len(rows) > 1 else []
    return []


def _list(chunk: Chunk, text: str) -> list[Statement]:
    if chunk.span.end - chunk.span.start > LIST_LENGTH:
        return _items(chunk, text)
    items = "\n".join(f"・{readable(unit.span.of(text))}" for unit in chunk.units)
    return [Statement(items + "\n", (Quote(chunk, chunk.span),))]


def _list_as_such(found: Sequence[Evidence]) -> bool:
    """Return whether a list is meant as a whole: its items answer equally well, because the question fits what they share."""
    items = [e for e in found if e.chunk is found[0].chunk]
    return (
        found[0].chunk.kind is Kind.LIST and 1 < len(items) <= SHORT_LIST and items[-1].score >= ALIKE * items[0].score
    )


def _items(chunk: Chunk, text: str) -> list[Statement]:
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
        span = title.span if title.span.end - title.span.start >= _NAME_LENGTH else found.chunk.units[0].span
        where = CellRef(found.row.table, found.row.label, title.column)
        titles.append(Statement(f"・{readable(title.value)}", (Quote(found.chunk, span, where),)))
    return titles


def _sentences(asked: Understanding, found: Sequence[Evidence], reader: Reader, text: str) -> list[Statement]:
    """Return the best sentence and those few that add what it leaves open."""
    if len(asked.quoted) > 1 and (each := _for_each_phrase(asked, found)):
        return [_sentence(asked, e, text) for e in each]
    weights = word_weights(asked.words, found[0].chunk.municipality_code, reader)
    total = weights.sum() or 1.0
    fits = min(found[0].kind, ONE_OF_SEVERAL)  # a piece that holds one of several things asked for adds it
    first = found[0]
    if first.signals["own_date"]:
        return [_sentence(asked, first, text)]
    if Wanted.DEFINITION in asked.wanted and (first.signals["opens"] or first.signals["defines"]):
        return _explained(asked, first, found, text)
    # what the section itself says on the other things asked for comes before what stands elsewhere
    chosen = [first, *left_open(asked, found, first.unit.search_text, first.chunk)]
    covered = np.max([e.each for e in chosen], axis=0)
    length = sum(e.unit.span.end - e.unit.span.start for e in chosen)
    for evidence in found[1:]:
        if len(chosen) >= QUOTES:
            break
        gain = float(weights @ np.maximum(evidence.each - covered, 0.0)) / total
        size = evidence.unit.span.end - evidence.unit.span.start
        adds = gain >= GAIN and evidence.score >= CLOSE * first.score and evidence.kind >= fits
        if not (adds or _as_good(asked, first, evidence)) or length + size > ANSWER_LENGTH:
            continue
        if any(_overlap(evidence.unit.span, c.unit.span) and evidence.chunk.plan_id == c.chunk.plan_id for c in chosen):
            continue
        chosen.append(evidence)
        covered = np.maximum(covered, evidence.each)
        length += size
    best, *others = chosen  # the answer first, then what belongs to it in the plan's order
    ordered = [best, *sorted(others, key=lambda e: e.unit.span.start)]
    return [_sentence(asked, e, text) for e in ordered]


def _explained(asked: Understanding, first: Evidence, found: Sequence[Evidence], text: str) -> list[Statement]:
    """Return a sentence that begins a definition with those that go on with it, as far as they fit."""
    rest = sorted((e for e in found if e.chunk is first.chunk), key=lambda e: e.unit.span.start)
    after = [e for e in rest if e.unit.span.start >= first.unit.span.end]
    size = first.unit.span.end - first.unit.span.start
    kept = [first]
    for evidence in after[: QUOTES - 1]:
        size += evidence.unit.span.end - evidence.unit.span.start
        if size <= QUOTE_LIMIT:
            kept.append(evidence)
    return [_sentence(asked, e, text) for e in kept]


def _as_good(asked: Understanding, best: Evidence, other: Evidence) -> bool:
    """Return whether a piece answers about as well as the best, so that leaving it out would be a guess."""
    if Wanted.WHICH_TOWN in asked.wanted:
        return other.score >= VERY_CLOSE * best.score
    if best.covered >= WELL_COVERED or other.kind < best.kind:
        return False
    return other.score >= (BESIDE if other.chunk is best.chunk else VERY_CLOSE) * best.score


def _for_each_phrase(asked: Understanding, found: Sequence[Evidence]) -> list[Evidence]:
    """Return the best piece for each of several phrases that the question quotes: the one that holds it and no other."""
    chosen: list[Evidence] = []
    for phrase in asked.quoted:
        others = [q for q in asked.quoted if q != phrase]
        holding = [
            e for e in found if phrase in e.unit.search_text and not any(o in e.unit.search_text for o in others)
        ]
        if not holding:
            return []
        chosen.append(holding[0])
    return chosen


def _sentence(asked: Understanding, evidence: Evidence, text: str) -> Statement:
    if evidence.chunk.row is not None:
        return _text_row(asked, evidence, text)
    spans = evidence.unit.spans
    words = "".join(span.of(text) for span in spans)
    proofs = spans if len(spans) > 1 else (_telling(evidence),)
    return Statement(quoted(words), tuple(Quote(evidence.chunk, span) for span in proofs))


def _overlap(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end
