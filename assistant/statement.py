"""Statements and their quotes: the only form in which anything reaches a user."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answer import CellRef, Citation
from index.index import Index
from ingest.document import Chunk, Span
from ingest.search_text import readable


class MisquoteError(RuntimeError):
    """A span left the text of its plan: a bug, never shown to users as an answer."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A span of a chunk's plan; ``cell`` says where in a table it stands."""

    chunk: Chunk
    span: Span
    cell: CellRef | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence for the user and the quotes that prove every fact in it (at least one)."""

    text: str
    quotes: tuple[Quote, ...]


def quoted(words: str) -> str:
    """Return plan text in quotation marks as it reads inside an answer; the outer marks differ from those inside.

    >>> quoted("期間は5年間とします。"), quoted("「基本方針」は定めません。")
    ('「期間は5年間とします。」', '『「基本方針」は定めません。』')
    """
    plain = readable(words)
    return f"『{plain}』" if "「" in plain and "『" not in plain else f"「{plain}」"


def apart(groups: Sequence[Sequence[Statement]]) -> list[Statement]:
    """Return the statements of all groups in order, without those whose quotes an earlier one has."""
    kept: list[Statement] = []
    for statement in (s for group in groups for s in group):
        taken = [quote.span for other in kept for quote in other.quotes]
        if not all(any(span.covers(quote.span) for span in taken) for quote in statement.quotes):
            kept.append(statement)
    return kept


def cite(statements: Sequence[Statement], index: Index, today: date) -> tuple[list[str], tuple[Citation, ...]]:
    """Return each statement's text with its [n] marks, and the citations in order, equal quotes cited once.

    Raises ``MisquoteError`` when a quote is not what the stored text holds at its place.
    """
    citations: list[Citation] = []
    numbers: dict[tuple[str, int, int], int] = {}
    lines: list[str] = []
    for statement in statements:
        marks = []
        for quote in statement.quotes:
            key = (quote.chunk.plan_id, quote.span.start, quote.span.end)
            if key not in numbers:
                numbers[key] = len(citations) + 1
                citations.append(_citation(quote, numbers[key], index, today))
            marks.append(f"[{numbers[key]}]")
        lines.append(statement.text + "".join(dict.fromkeys(marks)))
    return lines, tuple(citations)


def _citation(quote: Quote, n: int, index: Index, today: date) -> Citation:
    chunk = quote.chunk
    plan = index.plan(chunk.plan_id)
    text = index.text(chunk.plan_id)
    words = quote.span.of(text)
    if not words or not 0 <= quote.span.start < quote.span.end <= len(text):
        raise MisquoteError(f"span {quote.span} is outside plan {chunk.plan_id} ({len(text)} characters)")
    return Citation(
        n=n,
        plan_id=plan.plan_id,
        municipality=plan.municipality,
        municipality_code=plan.municipality_code,
        title=plan.title,
        heading_path=chunk.heading_path,
        page=index.page(plan.plan_id, quote.span.start),
        quote=words,
        start=quote.span.start,
        end=quote.span.end,
        expired=plan.expired(today),
        cell=quote.cell,
    )
