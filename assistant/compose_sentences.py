"""Sentences and rows of words -> statements: the best piece, what the section adds, and the few that are about as good."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from assistant.answer import CellRef
from assistant.complete import left_open
from assistant.compose_lists import NAME_LENGTH
from assistant.compose_rows import state_row
from assistant.evidence import Evidence, word_weights
from assistant.reading import Reader
from assistant.statement import Quote, Statement, quoted
from assistant.table_rows import TableRow
from assistant.understand import Understanding
from assistant.wording import Wanted
from ingest.chunk_writer import QUOTE_LIMIT
from ingest.document import Kind, Span
from ingest.search_text import readable

QUOTES = 3  # sentences of a plain answer at most, for each municipality
QUOTES_ALONE = 4  # the same for one municipality or two
_FEW = 2
GAIN = 0.1  # share of the question's words that a further quote must add
CLOSE = 0.62  # of the best score that a further quote must reach
VERY_CLOSE = 0.7  # of the best score, from which one more passage stands beside the best one
ONE_OF_SEVERAL = 0.5  # share of the wanted kinds that a further piece must hold
BESIDE = 0.6  # of the best score, for a sentence of the same paragraph
ANSWER_LENGTH = 420  # characters of quotes in a plain answer


def sentences(asked: Understanding, found: Sequence[Evidence], reader: Reader, text: str) -> list[Statement]:
    """Return the best sentence and those few that add what it leaves open."""
    if len(asked.quoted) > 1 and (each := _for_each_phrase(asked, found)):
        return [sentence(asked, e, text) for e in each]
    weights = word_weights(asked.words, (found[0].chunk.plan_id,), reader)
    total = weights.sum() or 1.0
    fits = min(found[0].kind, ONE_OF_SEVERAL)  # a piece that holds one of several things asked for adds it
    first = found[0]
    if first.signals["own_date"] or first.signals["own_period"]:
        return [sentence(asked, first, text)]
    if Wanted.DEFINITION in asked.wanted and (first.signals["opens"] or first.signals["defines"]):
        return _explained(asked, first, found, text)
    # what the section itself says on the other things asked for comes before what stands elsewhere
    chosen = [first, *left_open(asked, found, first.unit.search_text, first.chunk)]
    covered = np.max([e.each for e in chosen], axis=0)
    length = sum(e.unit.span.end - e.unit.span.start for e in chosen)
    most = QUOTES_ALONE if 0 < len(asked.scope.codes) <= _FEW else QUOTES
    for evidence in found[1:]:
        if len(chosen) >= most:
            break
        gain = float(weights @ np.maximum(evidence.each - covered, 0.0)) / total
        size = evidence.unit.span.end - evidence.unit.span.start
        adds = gain >= GAIN and evidence.score >= CLOSE * first.score and evidence.kind >= fits
        if not (adds or _as_good(asked, first, evidence)) or length + size > ANSWER_LENGTH:
            continue
        if any(_repeats(evidence, c) for c in chosen):
            continue
        chosen.append(evidence)
        covered = np.maximum(covered, evidence.each)
        length += size
    best, *others = chosen  # the answer first, then what belongs to it in the plan's order
    ordered = [best, *sorted(others, key=lambda e: e.unit.span.start)]
    return [sentence(asked, e, text) for e in ordered]


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
    return [sentence(asked, e, text) for e in kept]


def _as_good(asked: Understanding, best: Evidence, other: Evidence) -> bool:
    """Return whether a piece answers about as well as the best, so that leaving it out would be a guess."""
    if Wanted.WHICH_TOWN in asked.wanted:
        return other.score >= VERY_CLOSE * best.score
    if other.kind < best.kind:
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


def sentence(asked: Understanding, evidence: Evidence, text: str) -> Statement:
    """Return a piece as it stands in the plan, quoted."""
    if evidence.chunk.row is not None:
        return text_row(asked, evidence, text)
    spans = evidence.unit.spans
    words = "".join(span.of(text) for span in spans)
    proofs = spans if len(spans) > 1 else (_telling(evidence),)
    return Statement(quoted(words), tuple(Quote(evidence.chunk, span) for span in proofs))


def text_row(asked: Understanding, best: Evidence, text: str) -> Statement:
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
    if span.end - span.start >= NAME_LENGTH or whole.end - whole.start > QUOTE_LIMIT:
        return span
    return whole if evidence.chunk.kind in (Kind.ROW, Kind.LIST) else span


def _repeats(evidence: Evidence, told: Evidence) -> bool:
    """Return whether a piece is one that is told already, or says the very same in another place of the plan."""
    here = evidence.chunk.plan_id == told.chunk.plan_id and _overlap(evidence.unit.span, told.unit.span)
    return here or evidence.unit.search_text == told.unit.search_text


def _overlap(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end
