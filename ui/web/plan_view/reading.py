"""A plan read for showing: its parts, its notes and the links between them, worked out once for each open index."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from weakref import WeakKeyDictionary

from index.index import Index
from ingest.document import Chunk
from ingest.lines import LineKind
from ingest.search_text import SearchText, read
from ui.web.plan_view.notes import Note, Reference, read_notes, read_references
from ui.web.plan_view.parts import Part, read_parts
from ui.web.plan_view.terms import find_terms
from ui.web.plan_view.writer import Linked


@dataclass(frozen=True)
class Reading:
    """A plan as it can be shown. ``pages`` holds where its pages begin; empty where it has none."""

    text: str
    parts: tuple[Part, ...]
    notes: tuple[Note, ...]
    pages: tuple[int, ...]

    @cached_property
    def search_text(self) -> SearchText:
        """The plan's search text with the way back to its characters."""
        return read(self.text)

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """The marks in the text that lead to notes."""
        return tuple(read_references(self.text, self.notes))

    @cached_property
    def links(self) -> tuple[Linked, ...]:
        """The links inside the text, in order: marks to their notes, terms to their definitions."""
        marks = [Linked(mark.start, mark.end, _opens(mark)) for mark in self.references]
        terms = (
            Linked(start, end, f'<a class="plan-term" href="#{note.name}" aria-describedby="{note.name}">')
            for start, end, note in find_terms(self.parts, self.search_text, self.notes)
        )
        return tuple(_apart([*marks, *terms]))

    @cached_property
    def returns(self) -> dict[int, str]:
        """For a note's place the id of the first mark that leads to it."""
        first: dict[int, str] = {}
        for mark in self.references:
            first.setdefault(mark.note.start, reference_id(mark))
        return first

    def headings(self) -> Iterator[Part]:
        """Yield the headings in order."""
        return (part for part in self.parts if part.kind is LineKind.HEADING)

    def heading_path(self, offset: int) -> tuple[str, ...]:
        """Return the headings under which an offset of the text stands, outermost first."""
        path: tuple[str, ...] = ()
        for heading in self.headings():
            if heading.start > offset:
                break
            path = heading.path
        return path


def reference_id(mark: Reference) -> str:
    """Return the element id of a mark that leads to a note."""
    return f"ref-{mark.start}"


def _opens(mark: Reference) -> str:
    return (
        f'<a class="plan-term" id="{reference_id(mark)}" href="#{mark.note.name}" aria-describedby="{mark.note.name}">'
    )


def _apart(links: Iterable[Linked]) -> Iterator[Linked]:
    """Yield the links in order, of two that overlap the first of the iterable: a link cannot stand inside another."""
    kept: list[Linked] = []
    for link in links:
        at = bisect_left(kept, link.start, key=lambda other: other.start)
        if (at == 0 or kept[at - 1].end <= link.start) and (at == len(kept) or link.end <= kept[at].start):
            kept.insert(at, link)
    yield from kept


def read_plan(text: str, title: str, chunks: Iterable[Chunk] = (), pages: tuple[int, ...] = ()) -> Reading:
    """Return a plan's text as it can be shown; ``title`` and ``chunks`` are the plan's own, as it was read into the index."""
    parts = read_parts(text, title)
    return Reading(text, parts, read_notes(text, parts, chunks), pages)


_reading = Lock()
_read: WeakKeyDictionary[Index, dict[str, Reading]] = WeakKeyDictionary()


def open_reading(index: Index, plan_id: str) -> Reading:
    """Return a plan of an open index, read at its first use; ``KeyError`` for a plan that the index does not hold."""
    with _reading:
        known = _read.setdefault(index, {})
        if plan_id not in known:
            title = next((plan.title for plan in index.plans if plan.plan_id == plan_id), "")
            text, chunks, pages = index.text(plan_id), index.chunks(plan_id), index.pages(plan_id)
            known[plan_id] = read_plan(text, title, chunks, pages)
        return known[plan_id]
