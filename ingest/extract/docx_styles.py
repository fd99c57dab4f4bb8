"""The styles of a Word file: which are headings and of what level, and which bring a number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.extract.docx_package import child, local, switched_on, value

if TYPE_CHECKING:
    from lxml.etree import _Element

_HEADING_NAME = re.compile(r"(?:heading|見出し)\s*([1-9１-９])", re.IGNORECASE)
_TITLE_NAME = re.compile(r"(?:title|表題)", re.IGNORECASE)
_LONGEST_CHAIN = 50  # styles; Word allows 11


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph style says itself: outline level from 1 (0: says nothing, -1: body text), list and list level."""

    name: str
    based_on: str
    level: int = 0
    list_id: str = ""
    list_level: str = ""
    hidden: bool = False
    raised: bool = False
    page: bool | None = None  # a page begins with it, none does, or nothing is said


class Styles:
    """All styles by id."""

    def __init__(self, root: _Element | None) -> None:
        self._styles: dict[str, Style] = {}
        self.default = ""
        for element in root if root is not None else ():
            if local(element.tag) == "style":
                style_id = value(element, "styleId")
                self._styles[style_id] = _style(element)
                if value(element, "type") == "paragraph" and value(element, "default") in ("1", "true", "on"):
                    self.default = style_id

    def level(self, style_id: str) -> int:
        """Return the level of a heading style by its outline level or its name, 0 for another style."""
        own = self._styles.get(style_id)
        if own is not None and not own.level and _TITLE_NAME.fullmatch(own.name):
            return 1  # a style that is based on the title's is that of a subtitle or a date
        said = next((style.level for style in self._chain(style_id) if style.level), 0)
        return max(said, 0)

    def numbering(self, style_id: str) -> tuple[str, str]:
        """Return the list id and list level that a style brings, ("", "") where it brings none."""
        for style in self._chain(style_id):
            if style.list_id:
                return style.list_id, style.list_level
        return "", ""

    def is_hidden(self, style_id: str) -> bool:
        """Return whether a style hides its text."""
        return any(style.hidden for style in self._chain(style_id))

    def is_raised(self, style_id: str) -> bool:
        """Return whether a style raises its text."""
        return any(style.raised for style in self._chain(style_id))

    def begins_page(self, style_id: str) -> bool:
        """Return whether a style begins a page."""
        return next((style.page for style in self._chain(style_id) if style.page is not None), False)

    def _chain(self, style_id: str) -> Iterator[Style]:
        for _ in range(_LONGEST_CHAIN):
            style = self._styles.get(style_id)
            if style is None:
                return
            yield style
            style_id = style.based_on


def outline_level(words: str) -> int:
    """Return a heading's level from Word's outline level, -1 for body text, 0 where nothing is said.

    >>> outline_level("0"), outline_level("9"), outline_level("")
    (1, -1, 0)
    """
    if not words.isdecimal() or len(words) > 1:
        return 0
    return int(words) + 1 if int(words) < 9 else -1


def _style(element: _Element) -> Style:
    name = value(child(element, "name"))
    properties = child(element, "pPr")
    level = outline_level(value(child(properties, "outlineLvl")))
    if not level and (match := _HEADING_NAME.fullmatch(name)):
        level = int(match[1])
    page = child(properties, "pageBreakBefore")
    return Style(
        name,
        value(child(element, "basedOn")),
        level,
        value(child(properties, "numPr", "numId")),
        value(child(properties, "numPr", "ilvl")),
        switched_on(child(element, "rPr", "vanish")),
        value(child(element, "rPr", "vertAlign")) == "superscript",
        None if page is None else switched_on(page),
    )
