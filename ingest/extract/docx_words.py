"""The words of a Word paragraph as its reader sees them: without deleted, hidden and struck text, readings and codes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

from ingest.extract.clean import one_line, visible
from ingest.extract.docx_package import child, local, switched_on, value
from ingest.extract.docx_styles import Styles
from ingest.extract.note_marks import mark_number, raised
from ingest.extract.written import PAGE

if TYPE_CHECKING:
    from lxml.etree import _Element

_LEFT_OUT = frozenset(
    "pPr rPr del moveFrom delText instrText delInstrText fldChar sdtPr sdtEndPr tblPr rt rubyPr commentReference "
    "footnoteRef endnoteRef separator continuationSeparator".split()
)
_CHARACTERS = {"tab": " ", "ptab": " ", "cr": "\n", "noBreakHyphen": "-", "m:den": "/"}
_BREAKS = frozenset({"br", "lastRenderedPageBreak"})
_NOTE_MARKS = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
_RAISED = re.compile("\x0e([^\x0e\x0f]*)\x0f")  # a stretch between these signs is raised
_MADE_UP = ("自動的に生成された説明", "automatically generated")  # Word's own guess at what a picture shows


@dataclass(slots=True)
class PageCount:
    """Where pages begin. Word writes an explicit break and then, on the next page, where it last broke: that is one."""

    explicit: bool = False  # the last mark was an explicit break, and nothing has been written since

    def mark(self, *, explicit: bool) -> str:
        """Return the page mark for a break, "" for one that has been counted."""
        counted = self.explicit and not explicit
        self.explicit = explicit
        return "" if counted else PAGE


@dataclass(slots=True)
class NoteNumbers:
    """The notes, each a part and an id, in the order of their first marks; number and typed mark of each."""

    order: list[tuple[str, str]] = field(default_factory=list)
    numbers: dict[tuple[str, str], str] = field(default_factory=dict)
    typed: dict[tuple[str, str], str] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=set)

    def mark(self, part: str, note_id: str, typed: str = "") -> str:
        """Return the mark of a note: with the number that the writer typed, else counted through foot- and endnotes.

        >>> notes = NoteNumbers()
        >>> notes.mark("footnotes", "2"), notes.mark("endnotes", "2", "※5"), notes.mark("footnotes", "2")
        ('[※1]', '[※5]', '[※1]')
        """
        key = (part, note_id)
        if key not in self.numbers:
            self.order.append(key)
            self.typed[key] = typed
            wanted = mark_number(typed)
            number = wanted if wanted and wanted not in self._taken else self._next()
            self._taken.add(number)
            self.numbers[key] = number
        return f"[※{self.numbers[key]}]"

    def _next(self) -> str:
        return next(str(n) for n in count(len(self.order)) if str(n) not in self._taken)


@dataclass(slots=True)
class Words:
    """What is gathered from a paragraph: its text, and the text boxes and alternative texts of pictures in it."""

    parts: list[str] = field(default_factory=list)
    boxes: list[_Element] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)

    def text(self) -> str:
        """Return the words: one line for each line break that the writer set, a page mark where a page begins."""
        joined = "".join(self.parts).replace("\x0f\x0e", "")
        pages = visible(_RAISED.sub(_write_raised, joined)).split(PAGE)
        return PAGE.join("\n".join(one_line(line) for line in page.split("\n")).strip("\n") for page in pages)


class WordReader:
    """Gathers the words of paragraphs."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self.pages = PageCount()
        self.notes = NoteNumbers()

    def read(self, paragraph: _Element) -> Words:
        """Return the words of a paragraph."""
        words = Words()
        self._walk(paragraph, words)
        return words

    def _walk(self, element: _Element, words: Words) -> None:
        for part in element:
            name = local(part.tag)
            if name in _LEFT_OUT or (name == "r" and self._is_hidden(part)):
                continue
            if name in ("t", "m:t"):
                self._add(words, part.text or "")
            elif name in _NOTE_MARKS:
                if self._add_note(part, name, words):
                    break
            elif name in _BREAKS:
                words.parts.append(self._break(part, name))
            elif name == "sym":
                self._add(words, _symbol(value(part, "char")))
            elif name == "txbxContent":
                words.boxes.append(part)
            elif name == "mc:AlternateContent":
                self._walk(_alternative(part), words)
            elif name == "?docPr":
                words.pictures.append(_description(part.get("descr", "")))
            elif name == "r" and self._is_raised(part):
                words.parts.append("\x0e")
                self._walk(part, words)
                words.parts.append("\x0f")
            else:
                words.parts.append(_CHARACTERS.get(name, ""))
                self._walk(part, words)

    def _add_note(self, part: _Element, name: str, words: Words) -> bool:
        """Add the mark of a note, and return whether the rest of its run is the mark as the writer typed it."""
        typed = "".join(t.text or "" for t in part.itersiblings() if local(t.tag) == "t")
        own = value(part, "customMarkFollows") in ("1", "true", "on")
        self._add(words, self.notes.mark(_NOTE_MARKS[name], value(part, "id"), typed if own else ""))
        return own

    def _break(self, part: _Element, name: str) -> str:
        if name == "br" and value(part, "type") != "page":
            return "\n"
        return self.pages.mark(explicit=name == "br")

    def _add(self, words: Words, text: str) -> None:
        words.parts.append(text.replace(PAGE, ""))
        self.pages.explicit = self.pages.explicit and not text.strip()

    def _is_raised(self, run: _Element) -> bool:
        properties = child(run, "rPr")
        if properties is None:
            return False
        own = value(child(properties, "vertAlign"))
        return own == "superscript" or (not own and self._styles.is_raised(value(child(properties, "rStyle"))))

    def _is_hidden(self, run: _Element) -> bool:
        properties = child(run, "rPr")
        if properties is None:
            return False
        if any(switched_on(child(properties, name)) for name in ("vanish", "strike", "dstrike")):
            return True
        return self._styles.is_hidden(value(child(properties, "rStyle")))


def _write_raised(match: re.Match[str]) -> str:
    before = match.string[max(0, match.start() - 3) : match.start()]
    return raised(match[1], before) if "[※" not in match[1] else match[1]


def _alternative(element: _Element) -> _Element:
    """Return the one of several forms of the same drawing that is read: the newest, else what stands in for it."""
    choices = [part for part in element if local(part.tag) in ("mc:Choice", "mc:Fallback")]
    return choices[0] if choices else element


def _symbol(code: str) -> str:
    """Return the character of a symbol font; bullets of such fonts are known by their private codes.

    >>> _symbol("F0B7") == "\\uf0b7", _symbol("25CF"), _symbol("x")
    (True, '●', '')
    """
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""


def _description(words: str) -> str:
    return "" if any(phrase in words for phrase in _MADE_UP) else one_line(visible(words))
