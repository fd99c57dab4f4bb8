"""Footnotes of a PDF: found at the foot of their page, numbered through, and their references marked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.extract.pdf_columns import reading_order
from ingest.extract.pdf_layout import LOWERED, RAISED, PageLayout, Piece, Rule, TextLine, body_size, join

_SMALL = 0.95  # of the body's size
_DEFINITION = re.compile(
    rf"{RAISED}?[(（]?(?P<mark>[※＊*]|注)?\s?(?P<number>[0-9０-９]{{1,3}})(?P<end>[)）.．:：]*{LOWERED}?[)）.．:：]*[\s　]*)(?=\S)"
)
_RAISED = re.compile(rf"{RAISED}(?P<words>[^{LOWERED}]*){LOWERED}")
_MARK = re.compile(r"[(（\[［]?(?P<mark>[※＊*]|注)?\s?(?P<number>[0-9０-９]{1,3})[)）\]］]?")
_PLAIN = re.compile(r"(?<=[^\s　※＊*(（])[※＊*]\s?(?P<number>[0-9０-９]{1,3})")
_JAPANESE_END = re.compile(r"[\u3005-\u30ff\u3400-\u9fff）」』】〕、。]$")


@dataclass(frozen=True, slots=True)
class Note:
    """A definition at the foot of a page. ``number`` is its printed one."""

    page: int
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Notes:
    """The footnotes of a file. ``numbers`` gives the one written in the text for (page, printed number)."""

    notes: tuple[Note, ...]
    numbers: dict[tuple[int, int], int]

    def mark(self, text: str, page: int) -> str:
        """Return a stretch of a page's text with its references as ``[※1]``, other raised letters as plain ones."""
        text = _RAISED.sub(lambda match: self._reference(match, page), text)
        return _PLAIN.sub(lambda match: self._plain(match, page), text)

    def definitions(self) -> list[str]:
        """Return the definitions as the text's last lines."""
        return [f"※{self.numbers[note.page, note.number]} {self.mark(note.text, note.page)}" for note in self.notes]

    def _reference(self, match: re.Match[str], page: int) -> str:
        words = match["words"].strip()
        marks = [_MARK.fullmatch(part.strip()) for part in re.split(r"[,，、・]", words)]
        out = []
        for mark in marks:
            if mark is None:
                return words
            known = self.numbers.get((page, int(mark["number"])))
            # without a definition a bare number is a reference only behind a Japanese word, not in m2
            if known is None and not (mark["mark"] or _JAPANESE_END.search(match.string[: match.start()])):
                return words
            out.append(f"[※{known or int(mark['number'])}]")
        return "".join(out)

    def _plain(self, match: re.Match[str], page: int) -> str:
        known = self.numbers.get((page, int(match["number"])))
        return match[0] if known is None or match.string[: match.start()].endswith("[") else f"[※{known}]"


def take_notes(pages: Sequence[PageLayout]) -> tuple[tuple[PageLayout, ...], Notes]:
    """Return the pages without the footnotes at their feet, and the footnotes."""
    body = body_size(tuple(pages))
    notes: list[Note] = []
    out = []
    for page in pages:
        lines = _note_lines(page, body, going_on=bool(notes) and notes[-1].page == page.number - 1)
        for placed in reading_order(lines, page.number):
            if isinstance(placed.piece, TextLine):
                _add(notes, placed.piece.text, page.number)
        taken = {id(line) for line in lines}
        out.append(replace(page, pieces=tuple(piece for piece in page.pieces if id(piece) not in taken)))
    return tuple(out), Notes(tuple(notes), _numbers(notes))


def _add(notes: list[Note], text: str, page: int) -> None:
    mark = _DEFINITION.match(text)
    if mark is not None and _opens(mark, ruled=True):
        notes.append(Note(page, int(mark["number"]), text[mark.end() :]))
    elif notes:
        notes[-1] = replace(notes[-1], text=join(notes[-1].text, text))


def _opens(mark: re.Match[str], *, ruled: bool) -> bool:
    """Return whether a number opens a note: with a mark, raised, in brackets; under a separating line also a plain 1."""
    sure = mark["mark"] or LOWERED in mark[0] or ")" in mark["end"] or "）" in mark["end"]
    return bool(sure or (ruled and mark["end"]))


def _note_lines(page: PageLayout, body: float, *, going_on: bool) -> list[TextLine]:
    """Return the lines of a page's footnotes: small or under a separating line, with nothing but their like below."""
    lines = page.lines
    ruled = {id(line) for line in lines if any(_is_under(line, rule, page) for rule in page.rules)}
    small = {id(line) for line in lines if line.size < _SMALL * body}
    marks = {id(line): _DEFINITION.match(line.text) for line in lines}
    foot = [
        line
        for line in lines
        if id(line) in small | ruled
        and all(
            id(piece) in small | ruled for piece in page.pieces if piece.top > line.bottom - 1 and _overlap(piece, line)
        )
    ]
    starts = [
        line
        for line in foot
        if ((mark := marks[id(line)]) is not None and _opens(mark, ruled=id(line) in ruled and id(line) in small))
        or (going_on and id(line) in ruled and id(line) in small)
    ]
    return [line for line in foot if any(start.top <= line.top + 1 and _overlap(start, line) for start in starts)]


def _is_under(line: TextLine, rule: Rule, page: PageLayout) -> bool:
    """Return whether a line stands under a separating line: a short one, in the lower two thirds of the page."""
    short = rule.x1 - rule.x0 < 0.6 * page.width and rule.y > page.height / 3
    return short and line.top >= rule.y - 2 and line.x0 < rule.x1


def _overlap(one: Piece, other: Piece) -> bool:
    return one.x0 < other.x1 and other.x0 < one.x1


def _numbers(notes: Sequence[Note]) -> dict[tuple[int, int], int]:
    """Return the number of each note in the text: the printed one, or a running one where pages count anew."""
    printed = {(note.page, note.number) for note in notes}
    if len({note.number for note in notes}) == len(printed) == len(notes):
        return {place: place[1] for place in printed}
    out: dict[tuple[int, int], int] = {}
    for note in notes:
        out.setdefault((note.page, note.number), len(out) + 1)
    return out
