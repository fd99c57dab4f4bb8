"""Where a plan uses the words that it defines."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from ingest.lines import LineKind
from ingest.search_text import SearchText, normalise
from ui.web.plan_view.notes import Note, without_brackets
from ui.web.plan_view.parts import Part

_READ = (LineKind.TEXT, LineKind.ITEM, LineKind.ROW, LineKind.ENTRY, LineKind.FOOTNOTE)
_SHORTEST = 2  # letters of a term that is looked for in the text


def find_terms(parts: Sequence[Part], words: SearchText, notes: Sequence[Note]) -> Iterator[tuple[int, int, Note]]:
    """Yield the span of each term at its first use in each section, with its definition; ``words`` is the search text.

    Each use would be a stop of the Tab key; the first in a section is enough to read it. A term inside a longer one, in a
    heading and in its own definition is none.
    """
    terms: dict[str, Note] = {}
    for note in notes:
        for term in (normalise(note.term), normalise(without_brackets(note.term))):
            if len(term) >= _SHORTEST:
                terms.setdefault(term, note)
    if not terms:
        return
    starts = [part.start for part in parts]
    sections = _sections(parts)
    seen: set[tuple[int, str]] = set()
    for found in _pattern(terms).finditer(words.text):
        start, end = words.source_range(*found.span())
        at = bisect_right(starts, start) - 1
        note = terms[found[0]]
        use = (sections[at], found[0])
        if parts[at].kind in _READ and end <= parts[at].end and use not in seen and not note.start <= start < note.end:
            seen.add(use)
            yield start, end, note


def _pattern(terms: dict[str, Note]) -> re.Pattern[str]:
    """Return a pattern for all terms, longer ones first; letters and digits beside a Latin word make it another word."""
    return re.compile("|".join(map(_bounded, sorted(terms, key=len, reverse=True))))


def _bounded(term: str) -> str:
    before = "(?<![A-Za-z0-9])" if term[0].isascii() and term[0].isalnum() else ""
    after = "(?![A-Za-z0-9])" if term[-1].isascii() and term[-1].isalnum() else ""
    return f"{before}{re.escape(term)}{after}"


def _sections(parts: Sequence[Part]) -> list[int]:
    """Return for each part the number of the heading under which it stands."""
    numbers: list[int] = []
    for part in parts:
        numbers.append((numbers[-1] if numbers else 0) + (part.kind is LineKind.HEADING))
    return numbers
