"""The notes and the glossary of a plan: what defines which word, and which mark in the text leads to which note."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from unicodedata import normalize

from ingest.document import Chunk, Kind
from ingest.lines import LineKind
from ingest.search_text import FOOTNOTE_MARK
from ui.web.plan_view.parts import Part

_OWN_MARK = re.compile(r"[^\w※*]*(?:sup>)?[^\w※*]*(?P<sign>[※*]|注|脚注)?\W*(?:sup>)?(?P<number>[0-9]{1,3})(?![0-9.])")
_PARTS = re.compile(r"(?P<sign>[※*]|注)?[^0-9]*(?P<number>[0-9]{1,3})?")
_REACH = 40  # characters before a mark among which its word is
_BRACKETS = re.compile(r"\s*[（(][^（()）]*[)）]$")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Note:
    """A definition. ``start`` is where it stands; ``term`` the word it is of, ``number`` and ``sign`` its mark, each "" if none."""

    start: int
    end: int
    term: str = ""
    sign: str = ""
    number: str = ""

    @property
    def name(self) -> str:
        """The element id of the note."""
        return f"entry-{self.start}"


@dataclass(frozen=True, slots=True)
class Reference:
    """A mark ``[start, end)`` in the running text, with the word before it where the note names it, and its note."""

    start: int
    end: int
    note: Note


def read_notes(text: str, parts: Sequence[Part], chunks: Iterable[Chunk]) -> tuple[Note, ...]:
    """Return the notes and glossary entries of a plan in the order of its text."""
    entries = {chunk.span.start: chunk for chunk in chunks if chunk.kind is Kind.ENTRY}
    spans = {part.start: part.end for part in parts if part.kind in (LineKind.FOOTNOTE, LineKind.ENTRY)}
    spans |= {start: chunk.span.end for start, chunk in entries.items()}
    return tuple(
        _note(text, start, end, entries[start].term if start in entries else "") for start, end in sorted(spans.items())
    )


def _note(text: str, start: int, end: int, term: str) -> Note:
    mark = _OWN_MARK.match(normalize("NFKC", text[start : start + 24]))
    return Note(start, end, term, (mark["sign"] or "") if mark else "", mark["number"] if mark else "")


def read_references(text: str, notes: Sequence[Note]) -> Iterator[Reference]:
    """Yield the marks of a text that lead to one of its notes, in order; a note's own mark leads nowhere."""
    starts = [note.start for note in notes]
    numbered: dict[str, list[Note]] = {}
    for note in notes:
        numbered.setdefault(note.number, []).append(note)
    terms = {_plain(note.term): note for note in notes if note.term}
    for mark in FOOTNOTE_MARK.finditer(text) if notes else ():
        at = bisect_right(starts, mark.start()) - 1
        if at >= 0 and not text[starts[at] : mark.start()].strip(" \t　*#"):
            continue
        meant = _meant(text, mark, numbered, terms)
        if meant is not None and not meant.start <= mark.start() < meant.end:
            yield Reference(_word_start(text, mark.start(), meant.term), mark.end(), meant)


def _meant(text: str, mark: re.Match[str], numbered: dict[str, list[Note]], terms: dict[str, Note]) -> Note | None:
    """Return the note that a mark means: of its number, the next one below; without a number, that of the word before it."""
    found = _PARTS.search(re.sub(r"</?sup>|\\", "", normalize("NFKC", mark[0])).lstrip("([{^$<"))
    sign, number = (found["sign"] or "", found["number"] or "") if found else ("", "")
    if not number:
        before = _plain(text[max(0, mark.start() - _REACH) : mark.start()])
        fitting = [term for term in terms if before.endswith(term)]
        return terms[max(fitting, key=len)] if fitting else None
    alike = [note for note in numbered.get(number, ()) if _same_sign(sign, note.sign)]
    return next((note for note in alike if note.start > mark.start()), alike[-1] if alike else None)


def _same_sign(sign: str, other: str) -> bool:
    return "" in (sign, other) or sign == other or {sign, other} == {"※", "*"}


def _word_start(text: str, end: int, term: str) -> int:
    """Return where the note's word begins that ends at ``end``, or ``end`` where another word stands there."""
    wanted = {_plain(term), _plain(without_brackets(term))} - {""}
    longest = max(map(len, wanted), default=0)
    for start in range(end - 1, max(-1, end - _REACH), -1):
        if text[start] == "\n" or len(found := _plain(text[start:end])) > longest:
            return end
        if found in wanted and not text[start].isspace():
            return start
    return end


def without_brackets(term: str) -> str:
    """Return a term without what brackets add to it.

    >>> without_brackets("ICT（情報通信技術）")
    'ICT'
    """
    return _BRACKETS.sub("", term)


def _plain(words: str) -> str:
    return _SPACES.sub("", normalize("NFKC", words)).casefold()
