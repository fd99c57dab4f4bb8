"""The numbers that Word writes before headings and list items, counted as Word counts them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ingest.extract.docx_package import child, local, switched_on, value
from ingest.extract.numerals import numeral
from ingest.extract.written import BULLET

if TYPE_CHECKING:
    from lxml.etree import _Element

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a list: its first number, the form of its numbers, its text with %1 … %9, what follows it."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    apart: bool = True  # a tab or a space stands between number and words
    arabic: bool = False  # upper levels in figures whatever their form
    style: str = ""


@dataclass(slots=True)
class _Counted:
    """A list that shares its numbers: one for each level, ``None`` before its first item."""

    numbers: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)
    seen: set[str] = field(default_factory=set)


class Numbering:
    """The lists of a file, and how far each has been counted."""

    def __init__(self, root: _Element | None) -> None:
        self._abstract: dict[str, dict[int, Level]] = {}
        self._lists: dict[str, tuple[str, dict[int, Level], dict[int, int]]] = {}
        self._counted: dict[str, _Counted] = {}
        styles: dict[str, str] = {}  # a list style -> the abstract list that defines it
        links: dict[str, str] = {}
        for element in root if root is not None else ():
            if local(element.tag) == "abstractNum":
                key = value(element, "abstractNumId")
                self._abstract[key] = _levels(element)
                styles.setdefault(value(child(element, "styleLink")), key)
                links[key] = value(child(element, "numStyleLink"))
        for element in root if root is not None else ():
            if local(element.tag) == "num":
                key = value(child(element, "abstractNumId"))
                key = styles.get(links.get(key, ""), key) if links.get(key) else key
                self._lists[value(element, "numId")] = (key, *_overrides(element))

    def label(self, list_id: str, level: str, style: str = "") -> tuple[str, bool]:
        """Return what stands before the next paragraph of a list, and whether a space follows; ("", False) for nothing.

        ``style`` finds the level where a style brings the list without one.
        """
        if list_id not in self._lists:
            return "", False
        key, own, restarts = self._lists[list_id]
        levels = {**self._abstract.get(key, {}), **own}
        at = int(level) if level.isdecimal() and len(level) == 1 else _level_of(levels, style)
        at = min(at, _LEVELS - 1)
        counted = self._counted.setdefault(key, _Counted())
        if list_id not in counted.seen:
            counted.seen.add(list_id)
            for restarted in restarts:
                counted.numbers[restarted] = None
        this = levels.get(at, Level())
        number = counted.numbers[at]
        counted.numbers[at] = restarts.get(at, this.start) if number is None else number + 1
        counted.numbers[at + 1 :] = [None] * (_LEVELS - at - 1)
        if this.form == "bullet":
            return BULLET, False
        if this.form == "none" and "%" not in this.text:
            return this.text, this.apart and bool(this.text)

        def write(match: re.Match[str]) -> str:
            k = int(match[1]) - 1
            upper = levels.get(k, Level())
            shown = counted.numbers[k]
            form = "decimal" if this.arabic else upper.form
            return "" if form == "none" else numeral(upper.start if shown is None else shown, form)

        label = _PLACE.sub(write, this.text)
        return label, this.apart and bool(label)


def _level_of(levels: dict[int, Level], style: str) -> int:
    return next((at for at, level in levels.items() if style and level.style == style), 0)


def _levels(element: _Element) -> dict[int, Level]:
    return {_integer(value(e, "ilvl"), 0): _level(e) for e in element if local(e.tag) == "lvl"}


def _level(element: _Element) -> Level:
    return Level(
        _integer(value(child(element, "start")), 1),
        value(child(element, "numFmt"))
        or value(child(element, "mc:AlternateContent", "mc:Choice", "numFmt"))
        or "decimal",
        value(child(element, "lvlText")),
        value(child(element, "suff")) != "nothing",
        switched_on(child(element, "isLgl")),
        value(child(element, "pStyle")),
    )


def _overrides(element: _Element) -> tuple[dict[int, Level], dict[int, int]]:
    levels: dict[int, Level] = {}
    restarts: dict[int, int] = {}
    for e in element:
        at = _integer(value(e, "ilvl"), 0)
        if local(e.tag) != "lvlOverride" or not 0 <= at < _LEVELS:
            continue
        if (level := child(e, "lvl")) is not None:
            levels[at] = _level(level)
        if (start := child(e, "startOverride")) is not None:
            restarts[at] = _integer(value(start), 1)
    return levels, restarts


def _integer(words: str, default: int) -> int:
    return int(words) if words.isdecimal() and len(words) < 9 else default
