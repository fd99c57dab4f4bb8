"""Writes a plan's text as HTML from its first character to its last: none is left out, none comes twice.

Mark-up that OCR or a text layer left in the plan (``<sup>``, ``**``, ``^{…}``) takes effect and is kept, hidden, so that
the text content of what is written is the plan's text to the letter, white space apart.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ui.web.inert import inert

_MARKUP = re.compile(
    r"(?P<raised><sup>(?P<sup>[^<\n]{0,20})</sup>|(?:\$\s?)?\^\{(?P<hat>[^}\n]{0,20})\}\$?)"
    r"|\*\*(?P<bold>[^*\n]{1,200})\*\*"
    r"|(?P<break><(?:p|br|li|tr|div|h[1-6])(?:\s[^<>]{0,200})?/?>)"
    r"|(?P<tag></?(?:p|br|[uo]l|li|div|span|b|i|u|strong|em|su[bp]|table|caption|t(?:head|body|foot|[rdh])|h[1-6]|center"
    r"|figure|figcaption|font)(?:\s[^<>]{0,200})?/?>|&nbsp;)"
    r"|(?P<steers>[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069])",
    re.IGNORECASE,
)
_CELL_EDGE = re.compile(r"[|:*\-\s]+")


@dataclass(frozen=True, slots=True)
class Marked:
    """A span ``[start, end)`` of the text that is highlighted; the first piece of it that can be seen gets ``name`` as id."""

    start: int
    end: int
    name: str
    look: str


@dataclass(frozen=True, slots=True)
class Linked:
    """A span ``[start, end)`` of the text that is a link; ``opens`` is the whole start tag."""

    start: int
    end: int
    opens: str


class Writer:
    """Goes through ``text`` once. ``add`` takes our own mark-up; everything else takes words up to a place in the text."""

    def __init__(self, text: str, marks: Iterable[Marked] = (), links: Sequence[Linked] = ()) -> None:
        self._text = text
        self._out: list[str] = []
        self._at = 0
        self._waiting = deque(sorted((m for m in marks if m.start < m.end), key=lambda m: (m.start, -m.end)))
        self._active: list[Marked] = []
        self._named: set[str] = set()
        self._links = deque(links)
        self._fresh = True  # nothing can be seen yet in this block or cell
        self._break = False  # a line break is due before the next visible word

    def html(self) -> str:
        """Return what has been written."""
        return "".join(self._out)

    def add(self, markup: str) -> None:
        """Write our own mark-up; what follows it begins a block or a cell."""
        self._out.append(markup)
        self._fresh, self._break = True, False

    def line_break(self) -> None:
        """Break the line before the next word."""
        self._break = True

    def words(self, end: int) -> None:
        """Write the text up to ``end``: its words, with what mark-up in it means."""
        if self._at < end:
            self._inline(self._at, end)
            self._at = end

    def blank(self, end: int) -> None:
        """Write the white space up to ``end``; words among it, which nobody has claimed, are written as words."""
        if self._at < end:
            if self._text[self._at : end].isspace():
                self._out.append("\n")
                self._at = end
            else:
                self.words(end)

    def joined(self, end: int) -> None:
        """Leave out the white space up to ``end``: layout broke a line there, not the author."""
        letters = self._text[self._at - 1 : self._at] + self._text[end : end + 1]
        if letters.isascii() and letters.isalnum():
            self._out.append(" ")
        self._at = end

    def hidden(self, end: int) -> None:
        """Write the characters up to ``end`` where they are kept but not shown: a bullet, a Markdown mark."""
        self._leaf(self._at, end, hidden=True)
        self._at = max(self._at, end)

    def edge(self, end: int) -> None:
        """Write what stands between two cells: bars and asterisks are hidden, words are not lost."""
        if self._at < end and self._text[self._at : end].isspace():
            self._at = end
        elif self._at < end and _CELL_EDGE.fullmatch(self._text, self._at, end):
            self.hidden(end)
        else:
            self.words(end)

    def _inline(self, start: int, end: int) -> None:
        at = start
        token = _MARKUP.search(self._text, at, end)
        while at < end:
            if token is not None and token.start() < at:
                token = _MARKUP.search(self._text, at, end)
            link = self._next_link(at, end)
            if link is not None and (token is None or link.start <= token.start()):
                self._leaf(at, link.start)
                self._links.popleft()
                self._out.append(link.opens)
                self._inline(link.start, link.end)
                self._out.append("</a>")
                at = link.end
            elif token is not None:
                self._leaf(at, token.start())
                self._token(token)
                at = token.end()
            else:
                self._leaf(at, end)
                return

    def _next_link(self, at: int, end: int) -> Linked | None:
        while self._links and self._links[0].start < at:
            self._links.popleft()
        return self._links[0] if self._links and self._links[0].end <= end else None

    def _token(self, token: re.Match[str]) -> None:
        start, end = token.span()
        if token["raised"] is not None:
            self._around(token, "hat" if token["sup"] is None else "sup", "sup")
        elif token["bold"] is not None:
            self._around(token, "bold", "strong")
        elif token["steers"] is not None:
            self._out.append(f'<i class="plan-steers" data-name="U+{ord(token[0]):04X}">')
            self._leaf(start, end, hidden=True)
            self._out.append("</i>")
        else:
            self._break = self._break or token["break"] is not None
            self._leaf(start, end, hidden=True)

    def _around(self, token: re.Match[str], inner: str, element: str) -> None:
        start, end = token.span(inner)
        self._leaf(token.start(), start, hidden=True)
        self._out.append(f"<{element}>")
        if self._text[start : start + 1] == "\\":
            self._leaf(start, start + 1, hidden=True)
            start += 1
        self._inline(start, end)
        self._out.append(f"</{element}>")
        self._leaf(end, token.end(), hidden=True)

    def _leaf(self, start: int, end: int, *, hidden: bool = False) -> None:
        """Write a stretch without mark-up, parted where highlights begin and end."""
        while start < end:
            while self._waiting and self._waiting[0].start <= start:
                self._active.append(self._waiting.popleft())
            self._active = [mark for mark in self._active if mark.end > start]
            ends = [mark.end for mark in self._active] + [mark.start for mark in list(self._waiting)[:1]]
            stop = min([end, *ends])
            self._piece(self._text[start:stop], hidden=hidden)
            start = stop

    def _piece(self, words: str, *, hidden: bool) -> None:
        seen = not hidden and not words.isspace()
        if seen and self._break and not self._fresh:
            self._out.append("<br>")
        if seen:
            self._fresh, self._break = False, False
        opens = "".join(self._opening(mark, seen) for mark in self._active)
        shown = f"{opens}{inert(words)}{'</mark>' * len(self._active)}"
        self._out.append(f"<span hidden>{shown}</span>" if hidden else shown)

    def _opening(self, mark: Marked, seen: bool) -> str:
        if not seen or mark.name in self._named:
            return f'<mark class="{mark.look}">'
        self._named.add(mark.name)
        return f'<mark class="{mark.look}" id="{mark.name}">'
