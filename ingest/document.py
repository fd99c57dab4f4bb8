"""What a plan is once it has been read: its metadata, its text, and the chunks that can be found and quoted.

Every position is a ``Span`` of the untouched text, so a quote can never drift from the plan.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range ``[start, end)`` of a plan's text, in Unicode code points."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the characters that this span covers.

        >>> Span(2, 6).of("本町の計画期間")
        'の計画期'
        """
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Return whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Contact:
    """The office that answers for a plan. Only what the municipality published; empty strings where it did not."""

    office: str = ""
    phone: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where the text states a field of ``Plan``: a heading, a sentence, a line or the words themselves."""

    field: str
    span: Span


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan's metadata. Dates are ``None`` where the plan states none; a date known to the month stands for its first day."""

    plan_id: str
    municipality: str
    reading: str
    municipality_code: str
    prefecture: str
    title: str
    established: date | None
    revised: date | None
    valid_from: date | None
    valid_to: date | None
    source: str
    rights: str
    contact: Contact = Contact()
    supersedes: tuple[str, ...] = ()  # ids of plans that this one replaces, where ``plans.toml`` says so
    extractor: str = "text/1"  # what made the stored text of the file, with its version: offsets are those of its text
    evidence: tuple[Evidence, ...] = ()  # for the fields that hold what the text states

    def __hash__(self) -> int:
        """Hash the id alone: hundreds of plans are a key of what is remembered about all of them."""
        return hash(self.plan_id)

    def expired(self, today: date) -> bool:
        """Return whether the plan's period had ended before ``today`` (a plan without a stated end never expires)."""
        return self.valid_to is not None and self.valid_to < today


class Kind(StrEnum):
    """What a chunk is in the plan; decides how it is quoted.

    A figure is its caption and its source; an outline holds the headings right under one heading.
    """

    PARAGRAPH = "paragraph"
    LIST = "list"
    ROW = "row"
    CARD = "card"
    ENTRY = "entry"
    FIGURE = "figure"
    OUTLINE = "outline"


@dataclass(frozen=True, slots=True)
class Cell:
    """One table cell: its column's name and its text, both as people read them (``ingest.search_text.readable``), and its place.

    ``inherited`` says that the cell itself is blank and its value comes from a merged cell above or beside it.
    """

    column: str
    value: str
    span: Span
    inherited: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A table row that reads on its own: the table's name, the row's label and every cell under its column's name.

    ``total``: it is made of other rows (小計, 合計, 差引). ``part``: it is contained in the row above (うち…). Both are left out
    where rows are compared or added up. ``unit`` is that of the table, or of the row's own 単位 cell, else "".
    """

    table: str
    table_span: Span
    header: Span
    label: str
    cells: tuple[Cell, ...]
    total: bool = False
    part: bool = False
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """The smallest piece that proves something: a sentence, a list item, a row, a definition.

    ``search_text`` is the normalised reading of the span (see ``ingest.search_text``). ``rest`` is where a sentence goes on
    that the footnotes of its page cut in two.
    """

    span: Span
    search_text: str
    rest: Span | None = None

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where the unit stands: one span, or two when the footnotes of its page cut it."""
        return (self.span,) if self.rest is None else (self.span, self.rest)


@dataclass(frozen=True, slots=True)
class Chunk:
    """A unit of meaning under its headings. ``chunk_id`` is a digest of plan, position and content.

    ``search_text`` is the normalised body, headings apart; ``term`` is the defined word of a glossary entry, else "".
    """

    chunk_id: str
    plan_id: str
    municipality: str
    municipality_code: str
    kind: Kind
    span: Span
    heading_path: tuple[str, ...]
    search_text: str
    units: tuple[Unit, ...]
    row: Row | None = None
    term: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A plan that has been read: metadata, the untouched text and its chunks in reading order.

    ``pages`` holds the offset at which each page of the text begins, the first 0; empty where the file has no pages.
    ``doubts`` are Japanese sentences about what a person should check.
    """

    plan: Plan
    text: str
    digest: str
    chunks: tuple[Chunk, ...]
    pages: tuple[int, ...] = ()
    doubts: tuple[str, ...] = ()
