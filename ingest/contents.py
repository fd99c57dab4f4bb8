"""The contents page of a plan, and the headings that it tells of."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from ingest.heading_styles import heading_style
from ingest.lines import HEADING_LIMIT, Line, LineKind, heading_text
from ingest.search_text import normalise

_TITLE = re.compile(r"[\W_]*(?:目\s*次|も\s*く\s*じ|contents)[\W_]*", re.IGNORECASE)
_PAGE = r"(?:[pPｐＰ][.．]?\s?)?[0-9０-９]"
_LEADER = re.compile(rf"[\s.．…・‥]+(?:{_PAGE}{{1,3}})?\s*$")
# What an entry ends with and a heading does not.
_PAGE_NUMBER = re.compile(rf"(?:[.．…・‥]{{2,}}\s*|\s+){_PAGE}{{1,3}}\s*$")
_LEADERS = re.compile(r"[.．…‥]{4}")
_LONGEST = 200  # characters of a line of a contents page, its leader dots counted
_CHAPTERS = ("第n編", "第n章", "章外")
_MOST = 10  # contents pages of one file: of the whole, and of its parts
_SHORTEST = 4  # letters of an entry that is known again by its beginning or end
_CELL_EDGE = re.compile(r"[|\t]")  # a contents page may be set as a table


@dataclass(frozen=True)
class _Entries:
    """The entries of a contents page, each with its heading style, in their order."""

    styles: dict[str, str] = field(default_factory=dict)
    tails: set[str] = field(default_factory=set)  # what an entry ends with

    def add(self, title: str, style: str) -> None:
        """Take in an entry."""
        if title not in self.styles:
            self.styles[title] = style
            self.tails.update(title[at:] for at in range(len(title) - _SHORTEST + 1))

    def hold(self, title: str) -> bool:
        """Return whether a line is an entry come again; an entry may be shorter, or carry a number of its own."""
        starts = (title[:length] for length in range(_SHORTEST, len(title) + 1))
        return title in self.tails or any(start in self.styles for start in starts)


def mark_contents(lines: Sequence[Line]) -> list[Line]:
    """Mark the contents page, from its title until one of its entries comes again or running text begins.

    A line of the body that is an entry word for word is a heading, whether or not it is numbered or marked as one.
    """
    out = list(lines)
    end = -1
    titles = [at for at, line in enumerate(lines) if _TITLE.fullmatch(line.text)]
    for start in titles[:_MOST]:
        if start <= end:
            continue
        entries = _Entries()
        for end in range(start, len(lines)):
            if len(lines[end].text) > _LONGEST:
                break
            words = _CELL_EDGE.sub(" ", lines[end].text)
            title = normalise(_LEADER.sub("", heading_text(words)))
            if end > start and entries.hold(title) and not _PAGE_NUMBER.search(words):
                break
            if words.endswith("。") or (len(words) > HEADING_LIMIT and not _LEADERS.search(words)):
                break
            entries.add(title, heading_style(words.strip()))
            out[end] = replace(lines[end], kind=LineKind.CONTENTS)
        _mark_headings(out, end, entries.styles)
    return out


def _mark_headings(lines: list[Line], start: int, entries: Mapping[str, str]) -> None:
    """Make headings of the unmarked lines from ``start`` on that are entries of the contents page, each entry once.

    One before the first or after the last chapter of the contents page is a chapter itself.
    """
    place = {title: at for at, title in enumerate(entries)}
    chapters = [place[title] for title, style in entries.items() if style in _CHAPTERS]
    for i in range(start, len(lines)):
        line = lines[i]
        if line.kind is not LineKind.TEXT or len(line.text) > HEADING_LIMIT:
            continue
        at = place.pop(normalise(line.text), None)
        if at is not None and len(line.text) > 1:
            outside = bool(chapters) and not chapters[0] < at < chapters[-1]
            lines[i] = replace(line, kind=LineKind.HEADING, style="章外" if outside else "目次")
