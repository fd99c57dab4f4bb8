"""A page of a PDF -> its lines, tables and rules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from ingest.extract.clean import visible
from ingest.extract.pdf_layout import Glyph, PageLayout, Rule, TextLine
from ingest.extract.pdf_lines import read_lines
from ingest.extract.pdf_tables import find_tables

if TYPE_CHECKING:
    from pdfplumber.page import Page

_CID = re.compile(r"\(cid:\d+\)")
_MISSING = "〓"  # the printers' mark for a letter that is not at hand
_WEIGHTS: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(r"heavy|black|ultra", re.IGNORECASE), 9),
    (re.compile(r"bold|demi", re.IGNORECASE), 7),
    (re.compile(r"medium", re.IGNORECASE), 5),
    (re.compile(r"light", re.IGNORECASE), 3),
)
_NUMBERED_WEIGHT = re.compile(r"[-_]W(\d)", re.IGNORECASE)
_GOTHIC = re.compile(r"goth|sans|kakugo|meiryo|arial|helvetica|ゴシック", re.IGNORECASE)
_PICTURE = 0.5  # of the page; an image as large is the page itself


def read_page(page: Page) -> PageLayout:
    """Return what stands where on a page that has been read with ``read_layout``."""
    glyphs, sideways = _glyphs(page)
    tables, outside = find_tables(page, glyphs)
    lines = read_lines(outside) + _sideways_lines(sideways)
    area = float(page.width * page.height)
    unreadable = sum(glyph.text == _MISSING for glyph in glyphs)
    return PageLayout(
        page.page_number,
        float(page.width),
        float(page.height),
        (*lines, *tables),
        _rules(page, tables),
        len([glyph for glyph in glyphs if not glyph.text.isspace()]) + len(sideways),
        unreadable,
        any((image["x1"] - image["x0"]) * (image["bottom"] - image["top"]) >= _PICTURE * area for image in page.images),
    )


def weight(font: str) -> int:
    """Return how heavy a font looks, from its name: 4 is plain, a Gothic counts one more than a Mincho.

    >>> [weight(name) for name in ("HeiseiMin-W3", "AAAAAA+MS-Gothic", "Noto-Sans-CJK-JP-Bold", "MS-Mincho")]
    [3, 5, 8, 4]
    """
    number = _NUMBERED_WEIGHT.search(font)
    named = next((value for pattern, value in _WEIGHTS if pattern.search(font)), 4)
    return (int(number[1]) if number else named) + (1 if _GOTHIC.search(font) else 0)


def _glyphs(page: Page) -> tuple[list[Glyph], list[Glyph]]:
    """Return the letters inside the page, upright ones and ones set sideways; one drawn twice for boldness counts once."""
    upright: list[Glyph] = []
    sideways: list[Glyph] = []
    seen: dict[tuple[str, int, int], tuple[float, float]] = {}
    for char in page.chars:
        glyph = _glyph(char)
        if glyph is None or not (-1 <= glyph.x0 <= page.width + 1 and -1 <= glyph.top <= page.height + 1):
            continue
        if _drawn_before(glyph, seen):
            continue
        if char["upright"]:
            upright.append(glyph)
        elif abs(char["matrix"][0]) < 0.01 and abs(char["matrix"][3]) < 0.01:  # a slanted one is a watermark
            sideways.append(glyph)
    return upright, sideways


def _glyph(char: dict[str, Any]) -> Glyph | None:
    text = (
        _MISSING
        if _CID.fullmatch(char["text"])
        else visible(re.sub(r"\s", " ", char["text"]) if char["text"] != "\u3000" else char["text"])
    )
    if not text:
        return None
    x0, x1, top, bottom = (float(char[key]) for key in ("x0", "x1", "top", "bottom"))
    return Glyph(text, x0, x1, top, bottom, max(float(char["size"]), 0.1), weight(str(char["fontname"])))


def _drawn_before(glyph: Glyph, seen: dict[tuple[str, int, int], tuple[float, float]]) -> bool:
    if glyph.text.isspace():
        return False
    column, row = int(glyph.x0), int(glyph.top)
    for dx in (-1, 0, 1):
        for dy in (-1, 0, 1):
            place = seen.get((glyph.text, column + dx, row + dy))
            if place and abs(place[0] - glyph.x0) < 1 and abs(place[1] - glyph.top) < 1:
                return True
    seen[(glyph.text, column, row)] = (glyph.x0, glyph.top)
    return False


def _sideways_lines(glyphs: Sequence[Glyph]) -> list[TextLine]:
    """Return letters turned by a quarter as lines, in the order of the file."""
    return [
        TextLine(
            "".join(glyph.text for glyph in run).strip(),
            min(glyph.x0 for glyph in run),
            max(glyph.x1 for glyph in run),
            min(glyph.top for glyph in run),
            max(glyph.bottom for glyph in run),
            run[0].size,
            run[0].weight,
        )
        for run in _sideways_runs(glyphs)
        if any(not glyph.text.isspace() for glyph in run)
    ]


def _sideways_runs(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    run: list[Glyph] = []
    for glyph in glyphs:
        if run and abs(glyph.x0 - run[-1].x0) > 0.5 * glyph.size:
            yield run
            run = []
        run.append(glyph)
    if run:
        yield run


def _rules(page: Page, tables: Sequence[Any]) -> tuple[Rule, ...]:
    """Return the horizontal lines outside tables, thin rectangles among them."""
    found = []
    for shape in (*page.lines, *page.rects):
        middle = float(shape["top"] + shape["bottom"]) / 2
        flat = shape["bottom"] - shape["top"] <= 2 and shape["x1"] - shape["x0"] >= 20
        if flat and not any(table.top - 2 <= middle <= table.bottom + 2 for table in tables):
            found.append(Rule(float(shape["x0"]), float(shape["x1"]), middle))
    return tuple(found)
